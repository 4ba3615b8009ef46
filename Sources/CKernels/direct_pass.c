#include "direct_pass.h"

#include "clones.h"
#include "include/activation.h"

CLONES static void add_bias(float (*restrict product)[PANEL], int count, const float *restrict bias) {
  for (int t = 0; t < count; t++)
    for (int o = 0; o < PANEL; o++) product[t][o] += bias[o];
}

CLONES static void add_rows(
    float (*restrict product)[PANEL], int count, int lanes, const float *const *restrict rows) {
  for (int t = 0; t < count; t++)
    for (int o = 0; o < lanes; o++) product[t][o] += rows[t][o];
}

CLONES static void copy(
    const float (*restrict from)[PANEL], int count, int panel, float *const *restrict to) {
  for (int t = 0; t < count; t++) memcpy(to[t] + panel * PANEL, from[t], sizeof from[t]);
}

void store_panel(
    const struct pass *s, int count, int panel, float (*product)[PANEL], float *const *to) {
  float result[BLOCK][PANEL], bias[PANEL] = {0};
  int lanes = s->walk.channels - panel * PANEL;
  if (lanes > PANEL) lanes = PANEL;
  if (s->bias) {
    memcpy(bias, s->bias + panel * PANEL, sizeof(float) * lanes);
    add_bias(product, count, bias);
  }
  if (s->addend) {
    const float *rows[BLOCK];
    for (int t = 0; t < count; t++) rows[t] = s->addend + (to[t] - s->target) + panel * PANEL;
    add_rows(product, count, lanes, rows);
  }
  if (s->activation)
    dflab_activate(s->activation, s->slope, product[0], result[0], (size_t)count * PANEL);
  const float(*from)[PANEL] = s->activation ? result : product;
  if (lanes == PANEL) {
    copy(from, count, panel, to);
    return;
  }
  for (int t = 0; t < count; t++) memcpy(to[t] + panel * PANEL, from[t], sizeof(float) * lanes);
}
