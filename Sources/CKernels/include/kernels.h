/// Functions that Engine's hot loops need and no library provides.
///
/// Pointers are to dense memory of the stated shape, row-major, and never alias
/// unless a function says so. Every function is deterministic for a given
/// thread count: work is split into fixed pieces, and sums keep a fixed order.
#ifndef DFLAB_KERNELS_H
#define DFLAB_KERNELS_H

#include "activation.h"
#include "arrange.h"
#include "batch_norm.h"
#include "space_to_depth.h"
#include "combine.h"
#include "convolution.h"
#include "depthwise.h"
#include "memory.h"
#include "normalize.h"
#include "optical_flow.h"
#include "optimizer.h"
#include "pairs.h"
#include "permute.h"
#include "processor.h"
#include "products.h"
#include "recurrent.h"
#include "resample.h"
#include "spectrum.h"
#include "similarity.h"
#include "direct_convolution.h"
#include "grouped_convolution.h"
#include "narrow_convolution.h"
#include "thread_pool.h"
#include "vectors.h"

#endif
