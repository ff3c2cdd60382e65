// SPDX-License-Identifier: GPL-2.0-or-later
// The kernel's error numbers. Kernel functions return 0 or a value >= 0 on success and a negated errno on failure.
#pragma once

#include <cerrno>

// The ones user space never sees, by the kernel's own numbers (include/linux/errno.h).
#ifndef ERESTARTSYS
#define ERESTARTSYS 512
#define ERESTARTNOINTR 513
#define ENOIOCTLCMD 515
#endif
#ifndef ENOTSUPP
#define ENOTSUPP 524
#endif
