//! Doubly linked lists whose nodes live in one slab, so that an entry can be
//! taken out from the middle and a freed node is used again.

const NIL: u32 = u32::MAX;

/// The place of an entry, valid until it is removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NodeId(u32);

/// One list. `LINKS` lists may run through the same nodes; each is used with
/// its own link number.
#[derive(Clone, Copy, Debug)]
pub struct List {
    head: u32,
    tail: u32,
}

impl Default for List {
    fn default() -> Self {
        Self { head: NIL, tail: NIL }
    }
}

impl List {
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.head == NIL
    }

    #[inline]
    pub fn first(&self) -> Option<NodeId> {
        (self.head != NIL).then_some(NodeId(self.head))
    }
}

/// The nodes of many lists.
pub struct Slab<V, const LINKS: usize> {
    nodes: Vec<Node<V, LINKS>>,
    free: u32,
}

struct Node<V, const LINKS: usize> {
    /// `(previous, next)` in each list; `next` of the first is the free list's.
    links: [(u32, u32); LINKS],
    value: Option<V>,
}

impl<V, const LINKS: usize> Default for Slab<V, LINKS> {
    fn default() -> Self {
        Self { nodes: Vec::new(), free: NIL }
    }
}

impl<V, const LINKS: usize> Slab<V, LINKS> {
    /// Stores a value that is in no list yet.
    pub fn insert(&mut self, value: V) -> NodeId {
        let node = Node { links: [(NIL, NIL); LINKS], value: Some(value) };
        if self.free == NIL {
            self.nodes.push(node);
            return NodeId(self.nodes.len() as u32 - 1);
        }
        let index = self.free;
        self.free = self.nodes[index as usize].links[0].1;
        self.nodes[index as usize] = node;
        NodeId(index)
    }

    /// Takes a value out that is in no list any more.
    ///
    /// # Panics
    /// When the node is free already.
    pub fn remove(&mut self, id: NodeId) -> V {
        let node = &mut self.nodes[id.0 as usize];
        let value = node.value.take().expect("a list node is removed once");
        node.links[0].1 = self.free;
        self.free = id.0;
        value
    }

    /// # Panics
    /// When the node is free.
    #[inline]
    pub fn get(&self, id: NodeId) -> &V {
        self.nodes[id.0 as usize].value.as_ref().expect("list nodes hold values")
    }

    #[inline]
    pub fn next(&self, link: usize, id: NodeId) -> Option<NodeId> {
        let next = self.nodes[id.0 as usize].links[link].1;
        (next != NIL).then_some(NodeId(next))
    }

    /// How many nodes a list has. Walks it.
    pub fn count(&self, link: usize, list: List) -> usize {
        std::iter::successors(list.first(), |&id| self.next(link, id)).count()
    }

    /// The values of all nodes, in no order.
    pub fn iter(&self) -> impl Iterator<Item = &V> {
        self.nodes.iter().filter_map(|node| node.value.as_ref())
    }

    pub fn push_back(&mut self, link: usize, list: &mut List, id: NodeId) {
        self.nodes[id.0 as usize].links[link] = (list.tail, NIL);
        if list.tail == NIL {
            list.head = id.0;
        } else {
            self.nodes[list.tail as usize].links[link].1 = id.0;
        }
        list.tail = id.0;
    }

    pub fn unlink(&mut self, link: usize, list: &mut List, id: NodeId) {
        let (previous, next) = self.nodes[id.0 as usize].links[link];
        if previous == NIL {
            list.head = next;
        } else {
            self.nodes[previous as usize].links[link].1 = next;
        }
        if next == NIL {
            list.tail = previous;
        } else {
            self.nodes[next as usize].links[link].0 = previous;
        }
    }
}
