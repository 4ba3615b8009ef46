extension ForgeryMethod {
  /// All methods, in the order in which recipes draw from them.
  ///
  /// New methods are appended, so that recipes without them give the same pictures as before.
  public static let all = [
    ForgeryMethod(
      "swap", SwapForgery(), weight: 3, needs: .model,
      summary: "face swapped by a trained model, with varied blending and color transfer",
      source: "faceswap"),
    ForgeryMethod(
      "sbi", SelfBlending(), weight: 2, needs: .landmarks,
      summary: "face blended with a transformed copy of itself (self-blended image)",
      source: "Shiohara & Yamasaki 2022, self-blended images"),
    ForgeryMethod(
      "xray", FaceExchange(), weight: 1, needs: [.landmarks, .donor], keepsBoundary: true,
      summary: "face of another identity blended in; the boundary is stored as ground truth",
      source: "Li et al. 2020, Face X-ray"),
    ForgeryMethod(
      "warp", WarpingArtifact(), weight: 1, needs: .landmarks,
      summary: "face downsampled, warped and pasted back",
      source: "Li & Lyu 2019, face-warping artifacts"),
    ForgeryMethod(
      "upsample", SpectralGrid(), weight: 1,
      summary: "resampling that leaves a periodic grid in the spectrum",
      source: "Durall, Keuper & Keuper 2020"),
    ForgeryMethod(
      "latent", PerturbedLatent(), weight: 1, needs: .model,
      summary: "face decoded by a swap model from a perturbed latent code"),
    ForgeryMethod(
      "reenact", FacialReenactment(), weight: 1, needs: .landmarks,
      summary: "mouth, eyes or face with another expression and a renderer's texture",
      source: "after Thies et al. 2016 and 2019, Face2Face and NeuralTextures"),
    ForgeryMethod(
      "reconstruct", PictureReconstruction(), weight: 1,
      summary: "picture or face rendered by the decoder of an autoencoder",
      source: "Rajan et al. 2025, aligned datasets"),
    ForgeryMethod(
      "mouth", MouthTransfer(), weight: 0, needs: .landmarks,
      summary: "mouth or lower face of another frame of the same identity (lip-sync)",
      source: "after Prajwal et al. 2020, Wav2Lip"),
  ]

  // Methods that code refers to; a new one needs no line here.
  public static let swap = row("swap")
  public static let sbi = row("sbi")
  public static let xray = row("xray")
  public static let warp = row("warp")
  public static let upsample = row("upsample")
  public static let latent = row("latent")
  public static let reenact = row("reenact")
  public static let reconstruct = row("reconstruct")
  public static let mouth = row("mouth")

  private static func row(_ name: String) -> ForgeryMethod {
    guard let method = ForgeryMethod(named: name) else {
      preconditionFailure("no method '\(name)' in the table")
    }
    return method
  }
}
