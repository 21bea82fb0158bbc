//! Graphs of which a process knows its edges (MPI-5.0 sections 8.5.4, 8.5.5).

use core::ffi::c_int;

use engine::comm::Comm;
use engine::comm::topology::{DistGraph, Edge, Topology, Weights, create as make, lacking};
use engine::error::{ErrorClass, Result};
use engine::fail;

use super::{ask, create, put};
use crate::abi::{Abi, CHandle};
use crate::call;
use crate::comm::Creation;
use crate::comm::create::hints_of;

fn dist_graph_of(comm: &Comm) -> Result<&DistGraph> {
    match comm.topology.as_deref() {
        Some(Topology::DistGraph(graph)) => Ok(graph),
        found => lacking(found, "a distributed graph topology (MPI_Dist_graph_create)"),
    }
}

/// Weights of `count` edges; `None` for `MPI_UNWEIGHTED`.
///
/// # Safety
/// `weights` is one of MPI's constants or has `count` elements.
unsafe fn weights<'a, A: Abi>(
    weights: *const c_int,
    count: usize,
    what: &str,
) -> Result<Option<&'a [c_int]>> {
    if weights == A::unweighted() {
        return Ok(None);
    }
    if weights == A::weights_empty() {
        if count != 0 {
            fail!(ErrorClass::Arg, "{what} is MPI_WEIGHTS_EMPTY, and there are {count} edges");
        }
        return Ok(Some(&[]));
    }
    // SAFETY: the caller's promise; it is none of the constants.
    unsafe { call::array(weights, count as c_int, what) }.map(Some)
}

/// What a process says of its own edges.
///
/// # Safety
/// As of `MPI_Dist_graph_create_adjacent`.
unsafe fn adjacent<A: Abi>(
    processes: usize,
    (indegree, sources, sourceweights): (c_int, *const c_int, *const c_int),
    (outdegree, destinations, destweights): (c_int, *const c_int, *const c_int),
) -> Result<DistGraph> {
    // SAFETY: the caller's promise.
    let (sources, destinations) = unsafe {
        (call::array(sources, indegree, "sources")?, call::array(destinations, outdegree, "destinations")?)
    };
    // SAFETY: the caller's promise.
    let given = unsafe {
        let incoming = weights::<A>(sourceweights, sources.len(), "sourceweights")?;
        (incoming, weights::<A>(destweights, destinations.len(), "destweights")?)
    };
    let weights = match given {
        (None, None) => None,
        (Some(incoming), Some(outgoing)) => {
            Some(Weights { sources: incoming.into(), destinations: outgoing.into() })
        }
        _ => fail!(
            ErrorClass::Arg,
            "one of sourceweights and destweights is MPI_UNWEIGHTED: both are, or none \
             (MPI_WEIGHTS_EMPTY stands for the weights of no edges)"
        ),
    };
    DistGraph::adjacent(processes, sources, destinations, weights)
}

/// `MPI_Dist_graph_create_adjacent`. Ranks are not reordered: see
/// [`engine::comm::topology`].
///
/// # Safety
/// The arrays have `indegree` and `outdegree` elements, the weights unless they
/// are MPI's constants; `comm_dist_graph` may be written.
pub unsafe fn dist_graph_create_adjacent<A: Abi>(
    comm_old: A::Comm,
    indegree: c_int,
    sources: *const c_int,
    sourceweights: *const c_int,
    outdegree: c_int,
    destinations: *const c_int,
    destweights: *const c_int,
    info: A::Info,
    _reorder: c_int,
    comm_dist_graph: *mut A::Comm,
) -> c_int {
    let (incoming, outgoing) = ((indegree, sources, sourceweights), (outdegree, destinations, destweights));
    let make = |creation: Creation| {
        // SAFETY: the caller's promise.
        let graph = unsafe { adjacent::<A>(creation.core.size(), incoming, outgoing)? };
        Ok(async move {
            let Creation { ports, core, contexts, key } = &creation;
            make::dist_graph(ports, contexts, *key, core, graph).await.map(Some)
        })
    };
    let (parent, hints) = (comm_old.decode(), hints_of(info.decode()));
    // SAFETY: the caller's promise.
    unsafe { create::<A, _>("MPI_Dist_graph_create_adjacent", parent, comm_dist_graph, hints, make) }
}

/// The edges that a process tells, and whether they have weights.
///
/// # Safety
/// As of `MPI_Dist_graph_create`.
unsafe fn told<A: Abi>(
    processes: usize,
    n: c_int,
    (sources, degrees): (*const c_int, *const c_int),
    destinations: *const c_int,
    given: *const c_int,
) -> Result<(Vec<Edge>, bool)> {
    // SAFETY: the caller's promise.
    let (sources, degrees) =
        unsafe { (call::array(sources, n, "sources")?, call::array(degrees, n, "degrees")?) };
    let mut total: c_int = 0;
    for (node, &degree) in degrees.iter().enumerate() {
        call::length(degree, &format!("destinations of source {node}"))?;
        let Some(sum) = total.checked_add(degree) else {
            fail!(ErrorClass::Arg, "the degrees add up to more than {} edges", c_int::MAX);
        };
        total = sum;
    }
    // SAFETY: the caller's promise.
    let (destinations, weights) = unsafe {
        let destinations = call::array(destinations, total, "destinations")?;
        (destinations, weights::<A>(given, destinations.len(), "weights")?)
    };
    let starts = sources.iter().zip(degrees).flat_map(|(&source, &degree)| (0..degree).map(move |_| source));
    let mut edges = Vec::with_capacity(destinations.len());
    for (position, (source, &destination)) in starts.zip(destinations).enumerate() {
        let edge = Edge { source, destination, weight: weights.map_or(1, |weights| weights[position]) };
        edge.check(processes, position)?;
        edges.push(edge);
    }
    Ok((edges, weights.is_some()))
}

/// `MPI_Dist_graph_create`. Ranks are not reordered: see
/// [`engine::comm::topology`].
///
/// # Safety
/// `sources` and `degrees` have `n` elements, `destinations` as many as the
/// degrees add up to, and so has `weights` unless it is one of MPI's constants;
/// `comm_dist_graph` may be written.
pub unsafe fn dist_graph_create<A: Abi>(
    comm_old: A::Comm,
    n: c_int,
    sources: *const c_int,
    degrees: *const c_int,
    destinations: *const c_int,
    weights: *const c_int,
    info: A::Info,
    _reorder: c_int,
    comm_dist_graph: *mut A::Comm,
) -> c_int {
    let make = |creation: Creation| {
        let processes = creation.core.size();
        // SAFETY: the caller's promise.
        let (edges, weighted) =
            unsafe { told::<A>(processes, n, (sources, degrees), destinations, weights)? };
        Ok(async move {
            let Creation { ports, core, contexts, key } = &creation;
            let graph = DistGraph::gathered(ports, &edges, weighted).await?;
            make::dist_graph(ports, contexts, *key, core, graph).await.map(Some)
        })
    };
    let (parent, hints) = (comm_old.decode(), hints_of(info.decode()));
    // SAFETY: the caller's promise.
    unsafe { create::<A, _>("MPI_Dist_graph_create", parent, comm_dist_graph, hints, make) }
}

/// `MPI_Dist_graph_neighbors_count`.
///
/// # Safety
/// The results may be written.
pub unsafe fn dist_graph_neighbors_count<A: Abi>(
    comm: A::Comm,
    indegree: *mut c_int,
    outdegree: *mut c_int,
    weighted: *mut c_int,
) -> c_int {
    ask::<A>("MPI_Dist_graph_neighbors_count", comm, |comm| {
        for (out, what) in [(indegree, "indegree"), (outdegree, "outdegree"), (weighted, "weighted")] {
            call::out(out, what)?;
        }
        let graph = dist_graph_of(comm)?;
        // SAFETY: the caller's promise; none is null.
        unsafe {
            *indegree = graph.sources().len() as c_int;
            *outdegree = graph.destinations().len() as c_int;
            *weighted = graph.weights().is_some().into();
        }
        Ok(())
    })
}

/// The first neighbours and their weights, as many as there is room for.
///
/// # Safety
/// `ranks` has room for `room` elements, and so has `weights` unless it is one
/// of MPI's constants.
unsafe fn put_first<A: Abi>(
    (found, known): (&[c_int], Option<&[c_int]>),
    room: c_int,
    (ranks, weights): (*mut c_int, *mut c_int),
    what: &str,
) -> Result<()> {
    let count = found.len().min(call::length(room, what)?);
    if count == 0 {
        return Ok(());
    }
    call::out(ranks, what)?;
    let wants_weights = ![A::unweighted(), A::weights_empty()].contains(&weights.cast_const());
    // SAFETY: the caller's promise; `ranks` is not null, nor is `weights`.
    unsafe {
        put(&found[..count], ranks);
        if let Some(known) = known.filter(|_| wants_weights) {
            call::out(weights, "weights")?;
            put(&known[..count], weights);
        }
    }
    Ok(())
}

/// `MPI_Dist_graph_neighbors`. Where there is room for some neighbours only,
/// the first ones are given.
///
/// # Safety
/// The arrays have room for `maxindegree` and `maxoutdegree` elements, the
/// weights unless they are `MPI_UNWEIGHTED`.
pub unsafe fn dist_graph_neighbors<A: Abi>(
    comm: A::Comm,
    maxindegree: c_int,
    sources: *mut c_int,
    sourceweights: *mut c_int,
    maxoutdegree: c_int,
    destinations: *mut c_int,
    destweights: *mut c_int,
) -> c_int {
    ask::<A>("MPI_Dist_graph_neighbors", comm, |comm| {
        let graph = dist_graph_of(comm)?;
        let weights = graph.weights();
        let incoming = (graph.sources(), weights.map(|weights| &*weights.sources));
        let outgoing = (graph.destinations(), weights.map(|weights| &*weights.destinations));
        // SAFETY: the caller's promise.
        unsafe {
            put_first::<A>(incoming, maxindegree, (sources, sourceweights), "sources")?;
            put_first::<A>(outgoing, maxoutdegree, (destinations, destweights), "destinations")
        }
    })
}
