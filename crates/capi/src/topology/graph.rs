//! Graphs that every process knows (MPI-5.0 sections 8.5.3, 8.5.5, 8.5.8).

use core::ffi::c_int;

use engine::comm::Comm;
use engine::comm::topology::{Graph, Topology, create as make, lacking};
use engine::error::Result;
use engine::info::Info;

use super::{ask, create, mapped, put_all};
use crate::abi::{Abi, CHandle};
use crate::call;
use crate::comm::Creation;

fn graph_of(comm: &Comm) -> Result<&Graph> {
    match comm.topology.as_deref() {
        Some(Topology::Graph(graph)) => Ok(graph),
        found => lacking(found, "a graph topology (MPI_Graph_create)"),
    }
}

/// The graph that a program describes.
///
/// # Safety
/// `indx` has `nnodes` elements, and `edges` as many as the last of them says.
unsafe fn graph(nnodes: c_int, indx: *const c_int, edges: *const c_int, processes: usize) -> Result<Graph> {
    // SAFETY: the caller's promise.
    let index = unsafe { call::array(indx, nnodes, "nodes")? };
    let count = Graph::count_edges(index, processes)?;
    // SAFETY: the caller's promise.
    Graph::new(index, unsafe { call::array(edges, count as c_int, "edges")? })
}

/// `MPI_Graph_create`. Ranks are not reordered: see
/// [`engine::comm::topology`].
///
/// # Safety
/// `indx` has `nnodes` elements, and `edges` as many as the last of them says;
/// `comm_graph` may be written.
pub unsafe fn graph_create<A: Abi>(
    comm_old: A::Comm,
    nnodes: c_int,
    indx: *const c_int,
    edges: *const c_int,
    _reorder: c_int,
    comm_graph: *mut A::Comm,
) -> c_int {
    let make = |creation: Creation| {
        // SAFETY: the caller's promise.
        let graph = unsafe { graph(nnodes, indx, edges, creation.core.size())? };
        Ok(async move {
            let Creation { ports, core, contexts, key } = &creation;
            make::graph(ports, contexts, *key, core, graph).await
        })
    };
    // SAFETY: the caller's promise.
    unsafe { create::<A, _>("MPI_Graph_create", comm_old.decode(), comm_graph, Ok(Info::new()), make) }
}

/// `MPI_Graph_map`.
///
/// # Safety
/// `indx` has `nnodes` elements, and `edges` as many as the last of them says;
/// `newrank` may be written.
pub unsafe fn graph_map<A: Abi>(
    comm: A::Comm,
    nnodes: c_int,
    indx: *const c_int,
    edges: *const c_int,
    newrank: *mut c_int,
) -> c_int {
    ask::<A>("MPI_Graph_map", comm, |comm| {
        call::out(newrank, "newrank")?;
        // SAFETY: the caller's promise; not null.
        unsafe {
            let graph = graph(nnodes, indx, edges, comm.core.size())?;
            *newrank = mapped(&comm.core, graph.index().len());
        }
        Ok(())
    })
}

/// `MPI_Graphdims_get`.
///
/// # Safety
/// `nnodes` and `nedges` may be written.
pub unsafe fn graphdims_get<A: Abi>(comm: A::Comm, nnodes: *mut c_int, nedges: *mut c_int) -> c_int {
    ask::<A>("MPI_Graphdims_get", comm, |comm| {
        call::out(nnodes, "nnodes")?;
        call::out(nedges, "nedges")?;
        let graph = graph_of(comm)?;
        // SAFETY: the caller's promise; neither is null.
        unsafe { (*nnodes, *nedges) = (graph.index().len() as c_int, graph.edges().len() as c_int) };
        Ok(())
    })
}

/// `MPI_Graph_get`.
///
/// # Safety
/// The arrays have room for `maxindex` and `maxedges` elements.
pub unsafe fn graph_get<A: Abi>(
    comm: A::Comm,
    maxindex: c_int,
    maxedges: c_int,
    indx: *mut c_int,
    edges: *mut c_int,
) -> c_int {
    ask::<A>("MPI_Graph_get", comm, |comm| {
        let graph = graph_of(comm)?;
        // SAFETY: the caller's promise.
        unsafe {
            put_all(graph.index(), indx, maxindex, "index entries")?;
            put_all(graph.edges(), edges, maxedges, "edges")
        }
    })
}

/// `MPI_Graph_neighbors_count`.
///
/// # Safety
/// `nneighbors` may be written.
pub unsafe fn graph_neighbors_count<A: Abi>(comm: A::Comm, rank: c_int, nneighbors: *mut c_int) -> c_int {
    ask::<A>("MPI_Graph_neighbors_count", comm, |comm| {
        call::out(nneighbors, "nneighbors")?;
        // SAFETY: the caller's promise; not null.
        unsafe { *nneighbors = graph_of(comm)?.neighbors_of(A::rank_in(rank))?.len() as c_int };
        Ok(())
    })
}

/// `MPI_Graph_neighbors`.
///
/// # Safety
/// `neighbors` has room for `maxneighbors` elements.
pub unsafe fn graph_neighbors<A: Abi>(
    comm: A::Comm,
    rank: c_int,
    maxneighbors: c_int,
    neighbors: *mut c_int,
) -> c_int {
    ask::<A>("MPI_Graph_neighbors", comm, |comm| {
        let found = graph_of(comm)?.neighbors_of(A::rank_in(rank))?;
        // SAFETY: the caller's promise.
        unsafe { put_all(found, neighbors, maxneighbors, "neighbors") }
    })
}
