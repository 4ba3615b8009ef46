/// Products of float32 matrices on the tiles of Intel's AMX, which multiply bfloat16 numbers.
///
/// A float32 number is nearly the sum of two bfloat16 numbers: its leading eight bits, and the rest, rounded
/// to eight bits with a sign of their own. Of the four products of the parts of two numbers, the three largest
/// are added up in float32. That leaves errors of about 4e-6 of a sum's size, where float32 products leave
/// 5e-7 and Winograd's transform 1e-6 (`Sources/Engine/PERFORMANCE.md`). Infinities become NaN.
///
/// The left matrix lies in tiles of 16 rows, [rows/16][depth/32][part][16][32], the right one in panels of 16
/// columns, [columns/16][depth/32][part][16][16][2]: two rows of the depth side by side. The depth is filled
/// up with zeros.
#ifndef DFLAB_TILES_H
#define DFLAB_TILES_H

#include <stddef.h>
#include <stdint.h>

/// Rows, or columns, of a tile.
#define TILE 16
/// Values of the depth in a tile.
#define TILE_DEPTH 32
/// Halves of one tile, and of both parts of it.
#define TILE_HALVES (TILE * TILE_DEPTH)
#define STEP_HALVES ((size_t)2 * TILE_HALVES)
/// The same in floats, for scratch memory.
#define STEP_FLOATS (STEP_HALVES / 2)

/// The steps of 32 values that make up a depth.
static inline int tile_steps(int depth) { return (depth + TILE_DEPTH - 1) / TILE_DEPTH; }

/// Whether the processor has tiles and the system lets this process use them.
int tiles_exist(void);

/// Prepares this thread's tiles, and gives them up.
void tiles_open(void);
void tiles_close(void);

/// Splits `depth` values of a left matrix's row; `out` is where the row begins in its tile.
void tiles_split_row(const float *row, int depth, uint16_t *out);

/// Copies rows `first` ..< `end` of what one position reads through `count` taps, `tap_step` pointers apart:
/// `depth` values of each, filled up with zeros to `height`; also behind the last tap. Writes up to 15 values
/// past the end.
void tiles_read_row(
    const float *const *taps, size_t tap_step, int count, int height, int depth, int first, int end,
    float *line);

/// Splits one tile's rows, which are the columns of `count` rows of `lanes` values, `offset` behind the
/// pointers; `out` is where the tile begins.
void tiles_split_turned(
    const float *const *rows, size_t offset, int lanes, int count, uint16_t *out);

/// Splits one panel of a right matrix: `depth` rows of `lanes` values, `row_step` floats apart.
void tiles_split_panel(
    const float *rows, size_t row_step, int lanes, int depth, uint16_t *out);

/// The same of a matrix whose rows and columns are exchanged: `lanes` rows of `depth` values.
void tiles_split_turned_panel(
    const float *rows, size_t row_step, int lanes, int depth, uint16_t *out);

/// sums[panel][row][16] = or, if it `adds`, += the product of `tiles` tiles of the left and one or two `panels` of the right matrix;
/// steps between tiles and panels are in halves, those between panels of sums in floats.
void tiles_multiply(
    int tiles, int panels, int steps, const uint16_t *left, size_t tile_step,
    const uint16_t *right, size_t panel_step, float *sums, size_t sums_step, int adds);

#endif
