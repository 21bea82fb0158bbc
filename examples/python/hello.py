"""Every rank says who it is."""

from mpi4py import MPI

world = MPI.COMM_WORLD
print(f"Hello from rank {world.Get_rank()} of {world.Get_size()}", flush=True)
