#[route("/users/{id}", methods = ["GET", "DELETE"], middleware = [audit("users")], skip = [log, "auth"])]
/// A user.
#[cfg(unix)]
pub async fn user(id: u64, State(db): State<Db>) -> Result<Json<User>> {
    db.find(id).await
}

// Expands to:

/// A user.
#[cfg(unix)]
pub async fn user(id: u64, State(db): State<Db>) -> Result<Json<User>> {
    db.find(id).await
}
#[cfg(unix)]
::chalice_rt::__private::submit! {
    {
        use ::chalice_rt::__private as __rt;
        #[allow(unused_qualifications)]
        __rt::Entry {
            site: __rt::site!("user", 1, 1),
            register: |app| {
                app.route("/users/{id}", &["GET", "DELETE"])
                    .middleware(audit("users"))
                    .skip(&["log", "auth"])
                    .handle(
                        __rt::call_2(
                            user,
                            __rt::param::<u64>("id"),
                            __rt::take::<State<Db>>(),
                        ),
                    );
            },
        }
    }
}
