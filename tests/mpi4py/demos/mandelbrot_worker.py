"""The worker of mpi4py's demo `mandelbrot`, of which mpi4py has one in Fortran only."""

import numpy as np

from mpi4py import MPI

master = MPI.Comm.Get_parent()
bounds = np.empty(4, dtype="f")
shape = np.empty(3, dtype="i")
master.Bcast([bounds, MPI.REAL], root=0)
master.Bcast([shape, MPI.INTEGER], root=0)
x1, x2, y1, y2 = bounds
width, height, most = (int(number) for number in shape)

lines = np.arange(MPI.COMM_WORLD.rank, height, MPI.COMM_WORLD.size, dtype="i")
x = x1 + np.arange(width) * ((x2 - x1) / width)
y = y1 + lines * ((y2 - y1) / height)
c = x[None, :] + 1j * y[:, None]
z, counts = np.zeros_like(c), np.zeros(c.shape, dtype="i")
for _ in range(most):
    inside = abs(z) <= 2
    z[inside] = z[inside] ** 2 + c[inside]
    counts += inside

master.Gather([np.array([len(lines)], dtype="i"), MPI.INTEGER], None, root=0)
master.Gatherv([lines, MPI.INTEGER], None, root=0)
master.Gatherv([counts, MPI.INTEGER], None, root=0)
master.Disconnect()
