#ifndef DFLAB_RECURRENT_H
#define DFLAB_RECURRENT_H

#include <stddef.h>

// One step in time of recurrent layers, for `rows` sequences of `size` hidden units each. Gates lie
// one after the other in a row.

/// LSTM: gates i, f, g, o. `gates` are the input's products and become the gates' values;
/// `products` are the state's.
///
/// cell = f · before + i · g, hidden = o · tanh(cell).
void dflab_lstm_step(
    const float *products, float *gates, const float *before, float *cell, float *hidden,
    size_t rows, size_t size);

/// Its gradients. `dhidden` is the gradient at the hidden state, `dcell` that at the cell from later
/// steps, which becomes that of the step before; `dgates` are those at the products.
void dflab_lstm_step_backward(
    const float *gates, const float *before, const float *cell, const float *dhidden, float *dcell,
    float *dgates, size_t rows, size_t size);

/// GRU: gates r, z, n, with the reset applied after the state's product. `gates` are the input's
/// products and become the gates' values; `products` are the state's.
///
/// n = tanh(input + r · state), hidden = (1 - z) · n + z · before.
void dflab_gru_step(
    const float *products, float *gates, const float *before, float *hidden, size_t rows,
    size_t size);

/// Its gradients. `dhidden` is the gradient at the hidden state and becomes what of it reaches the
/// step before directly; `dinputs` and `dproducts` are those at the products of input and state.
void dflab_gru_step_backward(
    const float *gates, const float *products, const float *before, float *dhidden, float *dinputs,
    float *dproducts, size_t rows, size_t size);

/// Weights of one tap, [outputs/16][inputs][16], with inputs and outputs exchanged,
/// [inputs/16][outputs][16]; both are rounded up to multiples of 16.
void dflab_turn_panels(const float *weights, int outputs, int inputs, float *turned);

#endif
