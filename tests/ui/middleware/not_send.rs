use chalice_rt::prelude::*;

#[middleware("http")]
async fn look(request: Request, next: Next<Request>) -> Result<Response> {
    let shared = std::rc::Rc::new(1);
    let answer = next.run(request).await;
    drop(shared);
    answer
}

fn main() {}
