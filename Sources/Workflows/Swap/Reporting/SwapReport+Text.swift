import Generation
import Records

extension SwapReport {
  /// The pictures of the metrics, and whether they were used for selection.
  var selection: String {
    let rest =
      if record.request.pretrained != nil {
        "The model's own run records what it was trained on."
      } else if record.settings.selection == .last {
        "The last weights are used: nothing was selected on these pictures."
      } else {
        "The checkpoint was selected on the same pictures, so these are validation metrics: slightly "
          + "optimistic."
      }
    return
      "Metrics are measured on held-out pictures, the last \(SwapReport.percent(record.settings.holdout)) of each folder in "
      + "name order. \(rest)"
  }

  /// The criterion that selected the weights.
  var criterion: String {
    switch record.settings.selection {
    case .groundTruth: "selected by held-out ground-truth SSIM"
    case .last: "the last evaluated"
    case .reconstruction, nil: "selected by held-out reconstruction SSIM"
    }
  }

  static let curves = """
    Source: log.jsonl. Curves with more than 400 points are averaged over neighboring points.
    """

  static let finished = """
    All pictures of both folders, with the swapped face put in; held-out ones among them. Sharpness is the root \
    mean square luma gradient inside the mask relative to that around it in the same crop; the change across the edges is the mean \
    luma difference over 5 % of the crop across the mask's edge, relative to that over the same distance elsewhere. Both are \
    given for the original faces, too: a face that fits has the same values.
    """

  static let reconstruction = """
    Means over pictures with 95 % CI (bootstrap over clips, or over ten contiguous blocks if there are \
    fewer than eight clips). SSIM and PSNR as in scikit-image, on the crop at the size of the model. Sharpness is the mean gradient \
    magnitude relative to the real face (below 1: blurred).
    """

  static let groundTruth = """
    The ground truth of a picture is its scene rendered with the other identity: same expression, pose, \
    light, camera and background. The model's output, before blending, is compared with the \
    rendering (without noise and JPEG) inside the face mask.
    """

  static let groundTruthMetrics = [
    "SSIM, PSNR: structural similarity (windows restricted to the mask), peak signal-to-noise ratio.",
    """
    Gradient error: mean length of the difference of the image gradients over four scales (each half the size of the one before), in gray levels \
    of 255; lower is better.
    """,
    """
    Landmark NME: the normalized mean error, the mean distance of the 51 landmarks of brows, nose, eyes \
    and mouth from the ground truth's, in percent of the distance between the outer eye corners. The \
    same predictor locates both. Predictor NME: that of its landmarks on the ground truth itself, \
    against the exact ones.
    """,
    """
    Identity: 0 is the original identity (the face in the input picture), 1 the swapped-in identity (the \
    face in the ground truth). HOG features of the swap are projected onto the line from the input \
    picture to the ground truth; the distances to both are in units of the distance between them.
    """,
    """
    Sharpness: mean gradient magnitude relative to the ground truth; 1 is equally sharp.
    """,
  ]

  static let groundTruthLimitations = """
    Limitations: a renderer is not a camera, and synthetic identities vary less than real ones. Identity ignores color and everything outside the mask (hair, most of the glasses, the \
    outline of the head). The metrics compare models and settings on these faces; they do not predict \
    quality on real people.
    """

  static func percent(_ share: Double) -> String {
    "\(NumberText.rounded(share * 100, 1) ?? 0) %"
  }
}
