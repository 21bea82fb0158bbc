//! Communicators that have a topology (MPI-5.0 section 8.5).

use std::hash::{Hash, Hasher};

use rustc_hash::FxHasher;

use super::cart::Slice;
use super::{Cart, DistGraph, Graph, Topology};
use crate::collective::Ports;
use crate::comm::context::{Contexts, Key, Members};
use crate::comm::{CommCore, create, words};
use crate::error::{ErrorClass, Result};
use crate::fail;
use crate::group::{self, Group};

/// A new communicator and what its members know of their neighbours.
pub type Made = (CommCore, Topology);

/// `MPI_Cart_create`. Processes of `parent` beyond the grid get nothing.
///
/// # Errors
/// Those of the ports, `MPI_ERR_OTHER` when context ids are used up, and
/// `MPI_ERR_NOT_SAME` on all ranks when they do not give the same grid.
pub async fn cart<P: Ports>(
    ports: &P,
    contexts: &Contexts,
    key: Key,
    parent: &CommCore,
    cart: Cart,
) -> Result<Option<Made>> {
    agree(ports, "dimensions or periods", &(cart.dims(), cart.periods())).await?;
    let made = first_processes(ports, contexts, key, parent, cart.nodes()).await?;
    Ok(made.map(|core| (core, Topology::Cart(cart))))
}

/// `MPI_Cart_sub`: the part of the grid that this process is in.
///
/// # Errors
/// As [`cart`]; the ranks have to agree on what remains.
pub async fn sub<P: Ports>(
    ports: &P,
    contexts: &Contexts,
    key: Key,
    parent: &CommCore,
    (cart, remain): (&Cart, &[bool]),
) -> Result<Made> {
    agree(ports, "remaining dimensions", &remain).await?;
    let Slice { cart, ranks } = cart.sub(parent.rank(), remain);
    let whole = parent.group();
    let processes = ranks.into_iter().map(|rank| whole.process(rank)).collect();
    let part = group::share(Group::new(processes, whole.process(parent.rank())), whole);
    // One context id serves all parts: they have no process in common.
    let context = contexts.agree(key, &Members(ports)).await?;
    Ok((CommCore::new(context, part), Topology::Cart(cart)))
}

/// `MPI_Graph_create`. Processes of `parent` beyond the graph get nothing.
///
/// # Errors
/// As [`cart`].
pub async fn graph<P: Ports>(
    ports: &P,
    contexts: &Contexts,
    key: Key,
    parent: &CommCore,
    graph: Graph,
) -> Result<Option<Made>> {
    agree(ports, "graphs", &(graph.index(), graph.edges())).await?;
    let made = first_processes(ports, contexts, key, parent, graph.index().len()).await?;
    Ok(made.map(|core| (core, Topology::Graph(graph))))
}

/// `MPI_Dist_graph_create_adjacent`, and the end of `MPI_Dist_graph_create`.
///
/// # Errors
/// As [`create::dup`].
pub async fn dist_graph<P: Ports>(
    ports: &P,
    contexts: &Contexts,
    key: Key,
    parent: &CommCore,
    graph: DistGraph,
) -> Result<Made> {
    let core = create::dup(ports, contexts, key, parent).await?;
    Ok((core, Topology::DistGraph(graph)))
}

/// A communicator of the first `count` processes.
async fn first_processes<P: Ports>(
    ports: &P,
    contexts: &Contexts,
    key: Key,
    parent: &CommCore,
    count: usize,
) -> Result<Option<CommCore>> {
    let whole = parent.group();
    let first = Group::new(whole.processes().take(count).collect(), whole.process(parent.rank()));
    create::create(ports, contexts, key, &group::share(first, whole)).await
}

/// Sees to it that all ranks gave the same argument.
async fn agree<P: Ports>(ports: &P, what: &str, argument: &impl Hash) -> Result<()> {
    let mut hasher = FxHasher::default();
    argument.hash(&mut hasher);
    let (low, high) = (hasher.finish() as u32, (hasher.finish() >> 32) as u32);
    // The largest of all is the smallest of all when all are the same.
    let [most_low, least_low, most_high, least_high] = words::max(ports, [low, !low, high, !high]).await?;
    if most_low != !least_low || most_high != !least_high {
        fail!(
            ErrorClass::NotSame,
            "the ranks gave different {what}: this call takes the same on every rank of the communicator"
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::collective::simulator::{Sends, run};
    use crate::comm::context;

    const KEY: Key = Key { context: context::WORLD, sequence: 0 };

    fn world(size: usize, rank: usize) -> CommCore {
        CommCore::new(context::WORLD, Arc::new(Group::run(0, size as u32, rank as u32)))
    }

    #[test]
    fn a_grid_takes_the_first_processes_and_is_cut_into_rows() {
        let report = run(7, 3, Sends::Mixed, |ports| async move {
            let (rank, contexts) = (ports.rank(), Contexts::new());
            let (parent, grid) = (world(7, rank), Cart::new(&[2, 3], &[true, false], 7)?);
            let Some((core, topology)) = cart(&ports, &contexts, KEY, &parent, grid.clone()).await? else {
                assert_eq!(rank, 6);
                return Ok(());
            };
            assert_eq!((core.rank(), core.size()), (rank, 6));
            assert_eq!(topology, Topology::Cart(grid));
            Ok(())
        });
        assert!(report.results.iter().all(Result::is_ok), "{:?}", report.results);

        let report = run(6, 4, Sends::Mixed, |ports| async move {
            let (rank, contexts) = (ports.rank(), Contexts::new());
            let (parent, grid) = (world(6, rank), Cart::new(&[2, 3], &[true, false], 6)?);
            let (row, _) = sub(&ports, &contexts, KEY, &parent, (&grid, &[false, true])).await?;
            assert_eq!((row.rank(), row.size(), row.group().process(0)), (rank % 3, 3, rank as u32 / 3 * 3));
            let (all, topology) = sub(&ports, &contexts, KEY, &parent, (&grid, &[true, true])).await?;
            assert!(Arc::ptr_eq(all.group(), parent.group()));
            assert_eq!(topology, Topology::Cart(grid));
            Ok(())
        });
        assert!(report.results.iter().all(Result::is_ok), "{:?}", report.results);
    }

    #[test]
    fn ranks_that_disagree_all_hear_of_it() {
        let report = run(4, 5, Sends::Mixed, |ports| async move {
            let (rank, contexts) = (ports.rank(), Contexts::new());
            let grid = Cart::new(&[2, 2], &[true, rank == 2], 4)?;
            let outcome = cart(&ports, &contexts, KEY, &world(4, rank), grid).await;
            assert_eq!(outcome.err().map(|error| error.class()), Some(ErrorClass::NotSame));
            Ok(())
        });
        assert!(report.results.iter().all(Result::is_ok), "{:?}", report.results);
    }
}
