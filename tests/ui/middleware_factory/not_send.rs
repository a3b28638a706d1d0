use chalice_rt::prelude::*;

#[middleware_factory]
async fn mark(request: Request, next: Next<Request>, _id: u32) -> Result<Response> {
    let shared = std::rc::Rc::new(1);
    let answer = next.run(request).await;
    drop(shared);
    answer
}

fn main() {}
