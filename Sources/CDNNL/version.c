#include <dnnl.h>
#include <dnnl_debug.h>

#include "include/dnnl_plain.h"

int dflab_dnnl_version(void) { return dnnl_version()->major * 100 + dnnl_version()->minor; }

int dflab_dnnl_compiled_version(void) { return DNNL_VERSION_MAJOR * 100 + DNNL_VERSION_MINOR; }

const char *dflab_dnnl_message(int status) { return dnnl_status2str((dnnl_status_t)status); }

int dflab_dnnl_sgemm(bool transpose_a, bool transpose_b, int64_t m, int64_t n, int64_t k,
                     float alpha, const float *a, int64_t lda, const float *b, int64_t ldb,
                     float beta, float *c, int64_t ldc) {
  return (int)dnnl_sgemm(transpose_a ? 'T' : 'N', transpose_b ? 'T' : 'N', m, n, k, alpha, a, lda, b,
                         ldb, beta, c, ldc);
}
