import Generation
import Records

extension SwapReport {
  /// The pictures of the metrics, and whether they were used for selection.
  var selection: String {
    let rest =
      if record.pretrained != nil {
        "The model's own run records what it was trained on."
      } else if record.settings.selection == .last {
        "The last evaluated weights are used: nothing was selected on these pictures."
      } else {
        "The checkpoint is selected on the same pictures, so these are validation metrics and slightly "
          + "optimistic."
      }
    return
      "Metrics are measured on held-out pictures, the last \(SwapReport.percent(record.settings.holdout)) of each folder in "
      + "name order. \(rest)"
  }

  /// The criterion that selected the weights.
  var criterion: String {
    switch record.settings.selection {
    case .truth: "selected by held-out ground-truth SSIM"
    case .last: "the last evaluated"
    case .reconstruction, nil: "selected by held-out reconstruction SSIM"
    }
  }

  static let curves = """
    Source: log.jsonl. Curves with more than 400 points are averaged over neighboring points.
    """

  static let reconstruction = """
    Mean per picture with 95 % CI (bootstrap over clips, or over ten segments where there are fewer than \
    eight clips). SSIM and PSNR as in scikit-image, on the 64×64 crop. Sharpness is the mean gradient \
    magnitude relative to the real face (below 1: blurred).
    """

  static let groundTruth = """
    The ground truth of a picture is its scene rendered with the other identity: same expression, pose, \
    light, camera and background. The model's 64×64 output, before blending, is compared with the \
    rendering (without noise and JPEG) inside the face mask.
    """

  static let groundTruthMetrics = [
    "SSIM, PSNR: structural similarity (windows restricted to the mask), peak signal-to-noise ratio.",
    """
    Gradient error: mean absolute gradient difference over four scales (64 to 8 pixels), in gray levels \
    of 255; lower is better.
    """,
    """
    Landmark error: distance of brows, nose, eyes and mouth from the ground truth's, in percent of the \
    distance between the outer eye corners. One predictor locates both. Predictor error: its distance \
    from the exact landmarks on the ground truth.
    """,
    """
    Identity: 0 for the original identity, 1 for the target. HOG features of the swap are projected onto \
    the line from the input picture to the ground truth; the distances to target and source are in \
    units of the distance between these two.
    """,
    """
    Sharpness: mean gradient magnitude relative to the ground truth; 1 is equally sharp.
    """,
  ]

  static let groundTruthLimitations = """
    Limitations: rendering omits much of what a camera does, and synthetic identities vary less than \
    real ones. Identity ignores color and everything outside the mask (hair, most of the glasses, the \
    outline of the head). The metrics compare models and settings on these faces; they do not predict \
    quality on real people.
    """

  static func percent(_ share: Double) -> String {
    "\(NumberText.rounded(share * 100, 1) ?? 0) %"
  }
}
