#include "include/recurrent.h"

#include "activations.h"
#include "clones.h"
#include "include/thread_pool.h"
#include "panels.h"

CLONES void dflab_lstm_step(
    const float *restrict products, float *restrict gates, const float *restrict before,
    float *restrict cell, float *restrict hidden, size_t rows, size_t size) {
  for (size_t row = 0; row < rows; row++) {
    float *i = gates + row * 4 * size, *f = i + size, *g = f + size, *o = g + size;
    const float *p = products + row * 4 * size;
    for (size_t u = 0; u < size; u++) {
      size_t at = row * size + u;
      i[u] = sigmoid(i[u] + p[u], 0);
      f[u] = sigmoid(f[u] + p[size + u], 0);
      g[u] = hyperbolic_tangent(g[u] + p[2 * size + u]);
      o[u] = sigmoid(o[u] + p[3 * size + u], 0);
      cell[at] = f[u] * before[at] + i[u] * g[u];
      hidden[at] = o[u] * hyperbolic_tangent(cell[at]);
    }
  }
}

CLONES void dflab_lstm_step_backward(
    const float *restrict gates, const float *restrict before, const float *restrict cell,
    const float *restrict dhidden, float *restrict dcell, float *restrict dgates, size_t rows,
    size_t size) {
  for (size_t row = 0; row < rows; row++) {
    const float *i = gates + row * 4 * size, *f = i + size, *g = f + size, *o = g + size;
    float *d = dgates + row * 4 * size;
    for (size_t u = 0; u < size; u++) {
      size_t at = row * size + u;
      float bent = hyperbolic_tangent(cell[at]), slope = dhidden[at];
      float carried = dcell[at] + slope * o[u] * (1 - bent * bent);
      d[u] = carried * g[u] * i[u] * (1 - i[u]);
      d[size + u] = carried * before[at] * f[u] * (1 - f[u]);
      d[2 * size + u] = carried * i[u] * (1 - g[u] * g[u]);
      d[3 * size + u] = slope * bent * o[u] * (1 - o[u]);
      dcell[at] = carried * f[u];
    }
  }
}

CLONES void dflab_gru_step(
    const float *restrict products, float *restrict gates, const float *restrict before,
    float *restrict hidden, size_t rows, size_t size) {
  for (size_t row = 0; row < rows; row++) {
    float *r = gates + row * 3 * size, *z = r + size, *n = z + size;
    const float *p = products + row * 3 * size;
    for (size_t u = 0; u < size; u++) {
      size_t at = row * size + u;
      r[u] = sigmoid(r[u] + p[u], 0);
      z[u] = sigmoid(z[u] + p[size + u], 0);
      n[u] = hyperbolic_tangent(n[u] + r[u] * p[2 * size + u]);
      hidden[at] = n[u] + z[u] * (before[at] - n[u]);
    }
  }
}

CLONES void dflab_gru_step_backward(
    const float *restrict gates, const float *restrict products, const float *restrict before,
    float *restrict dhidden, float *restrict dinputs, float *restrict dproducts, size_t rows,
    size_t size) {
  for (size_t row = 0; row < rows; row++) {
    const float *r = gates + row * 3 * size, *z = r + size, *n = z + size;
    const float *state = products + row * 3 * size + 2 * size;
    float *di = dinputs + row * 3 * size, *dp = dproducts + row * 3 * size;
    for (size_t u = 0; u < size; u++) {
      size_t at = row * size + u;
      float slope = dhidden[at];
      float dn = slope * (1 - z[u]) * (1 - n[u] * n[u]);
      float dr = dn * state[u] * r[u] * (1 - r[u]);
      float dz = slope * (before[at] - n[u]) * z[u] * (1 - z[u]);
      di[u] = dp[u] = dr;
      di[size + u] = dp[size + u] = dz;
      di[2 * size + u] = dn;
      dp[2 * size + u] = dn * r[u];
      dhidden[at] = slope * z[u];
    }
  }
}

struct turning {
  const float *weights;
  int outputs, inputs;
  float *turned;
};

static void turn(void *context, int index, int threads) {
  const struct turning *t = context;
  const struct panel_kernels *kernel = panel_kernels();
  size_t depth = (size_t)t->inputs * PANEL * PANEL, turned_depth = (size_t)t->outputs * PANEL * PANEL;
  for (int i = t->inputs * index / threads; i < t->inputs * (index + 1) / threads; i++)
    for (int o = 0; o < t->outputs; o++)
      kernel->transpose(
          t->weights + o * depth + (size_t)i * PANEL * PANEL, PANEL,
          t->turned + i * turned_depth + (size_t)o * PANEL * PANEL, PANEL);
}

void dflab_turn_panels(const float *weights, int outputs, int inputs, float *turned) {
  struct turning turning = {
      weights, (outputs + PANEL - 1) / PANEL, (inputs + PANEL - 1) / PANEL, turned};
  dflab_parallel(turn, &turning);
}
