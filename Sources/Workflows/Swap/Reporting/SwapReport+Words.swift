import Generation
import Records

extension SwapReport {
  /// Which pictures the figures are of.
  var heldOut: String {
    let rest =
      record.pretrained == nil
      ? "They were never trained on, but they also chose the weights: these are validation "
        + "figures, and somewhat too good for that."
      : "Whether the model was trained on these folders, its own run knows."
    return
      "All figures are of the last \(SwapReport.percent(record.settings.holdout)) of each folder "
      + "in name order. \(rest)"
  }

  /// What the weights were chosen by.
  var judge: String {
    switch record.settings.selection {
    case .truth: "the best by the held-out swaps against the true ones"
    case .last: "the last ones that were judged"
    case .reconstruction, nil: "the best by the held-out reconstruction"
    }
  }

  static let curves = """
    Over minutes of training, from log.jsonl. Where there are more than 400 points, each is the mean \
    of its neighbors.
    """

  static let reconstruction = """
    Means per picture with 95 % intervals (bootstrap over clips, or over ten stretches where there \
    are fewer than eight clips). Structural similarity and signal to noise as scikit-image \
    computes them, on the 64×64 crop; sharpness is the mean length of the gradient beside the real \
    face's (below 1: blurred).
    """

  static let truth = """
    The true swap of a picture is its scene rendered anew with the other person in it: the same \
    expression, pose, light, camera and background. Compared are the 64×64 face that the model \
    makes, before it is blended into the picture, and the rendered one without noise and JPEG, \
    inside the face's mask alone.
    """

  static let truthFigures = [
    "SSIM, PSNR: structural similarity (windows cut by the mask) and signal to noise.",
    """
    gradients: mean difference of the gradients over four sizes (64 to 8 pixels), in levels of \
    255 from pixel to pixel; 0 is perfect.
    """,
    """
    landmarks: distance of brows, nose, eyes and mouth from the truth's, both found by the same \
    predictor at the same size, in percent of the distance of the eyes' outer corners: \
    expression, pose and features. 'Predictor alone' is how far the predictor is from the exact \
    landmarks on the truth itself.
    """,
    """
    identity: 0 is the person that was swapped, 1 the one it should be. Features are histograms \
    of oriented gradients; the swap is projected on the line from the picture that was swapped to \
    the truth. 'To target' and 'to source' are the distances from both, in units \
    of the distance between them.
    """,
    """
    sharpness: the mean length of the gradient beside the truth's, wherever the detail is; 1 \
    is as sharp.
    """,
  ]

  static let truthLimits = """
    Limits: a renderer is no camera, and these people vary less than people do. Color has no say in \
    identity; hair, glasses and the outline of the head have little, for they lie outside the mask. \
    The figures compare models and settings on these faces; they say nothing about real people.
    """

  static func percent(_ share: Double) -> String {
    "\(NumberText.rounded(share * 100, 1) ?? 0) %"
  }
}
