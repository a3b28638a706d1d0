//! The stock: in memory here, a database in a real shop.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use chalice_rt::prelude::*;

/// The stock is smaller than the order.
#[derive(Debug)]
#[view_error(409)]
pub(crate) struct SoldOut(String);

impl std::fmt::Display for SoldOut {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} is sold out", self.0)
    }
}

impl std::error::Error for SoldOut {}

/// The number of each article in stock.
#[derive(Debug)]
pub(crate) struct Stock(Mutex<BTreeMap<String, u32>>);

impl Default for Stock {
    fn default() -> Self {
        Stock(Mutex::new(BTreeMap::from([("tea".to_owned(), 3), ("rice".to_owned(), 100)])))
    }
}

impl Stock {
    /// Takes some of an article, and returns how many are left.
    pub(crate) fn take(&self, article: &str, count: u32) -> Result<u32> {
        let mut stock = self.lock();
        let there = stock
            .get_mut(article)
            .ok_or_else(|| NotFoundError::new(format!("there is no {article} here")))?;
        *there = there.checked_sub(count).ok_or_else(|| SoldOut(article.to_owned()))?;
        Ok(*there)
    }

    pub(crate) fn articles(&self) -> usize {
        self.lock().len()
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, u32>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
