#include <dnnl.h>
#include <dnnl_debug.h>

#include "include/dnnl_plain.h"

int dflab_dnnl_version(void) { return dnnl_version()->major * 100 + dnnl_version()->minor; }

int dflab_dnnl_compiled_version(void) { return DNNL_VERSION_MAJOR * 100 + DNNL_VERSION_MINOR; }

const char *dflab_dnnl_message(int status) { return dnnl_status2str((dnnl_status_t)status); }
