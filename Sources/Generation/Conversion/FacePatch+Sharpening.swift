extension FacePatch {
  /// The patch, sharpened: `x + amount · (x − blurred x)`.
  ///
  /// The blur is [1 2 1]/4 along both axes, about one pixel of the face, because a 64×64 model
  /// loses the detail of its own last pixel, whatever the size of the picture.
  func sharpened(by amount: Float) -> FacePatch {
    let rows = blurred(step: width * 3, count: height)
    let blur = rows.blurred(step: 3, count: width)
    var result = self
    for index in values.indices {
      result.values[index] += amount * (values[index] - blur.values[index])
    }
    return result
  }

  /// Blurs along one axis of `count` values that lie `step` values apart.
  private func blurred(step: Int, count: Int) -> FacePatch {
    var result = self
    for index in values.indices {
      let place = index / step % count
      let before = place > 0 ? values[index - step] : values[index]
      let after = place < count - 1 ? values[index + step] : values[index]
      result.values[index] = (before + 2 * values[index] + after) / 4
    }
    return result
  }
}
