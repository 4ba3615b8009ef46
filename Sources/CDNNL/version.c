#include <dnnl.h>
#include "include/dnnl_plain.h"
int dflab_dnnl_version(void) { return dnnl_version()->major * 100 + dnnl_version()->minor; }
