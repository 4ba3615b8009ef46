/// A folder layout of public datasets.
public enum PublicLayout: String, CaseIterable, Codable, Sendable {
  /// FaceForensics++ (Rössler et al. 2019): `original_sequences`, `manipulated_sequences`.
  case faceForensics = "faceforensics"
  /// Celeb-DF, versions 1 and 2 (Li et al. 2020): `Celeb-real`, `Celeb-synthesis`.
  case celebDF = "celeb-df"
  /// DF40 (Yan et al. 2024): a folder for each method, in it `ff` and `cdf`.
  case df40
  /// "140k Real and Fake Faces" (Kaggle): `real_vs_fake/real-vs-fake` and lists.
  case kaggle140k = "140k"
  /// DeepfakeBench (Yan et al. 2023): several datasets in one folder, and its lists.
  case deepfakeBench = "deepfakebench"
  /// DFDC (Dolhansky et al. 2020): `metadata.json` beside the videos, in one folder or in several.
  case dfdc
  /// Folders `real` and `fake`, possibly one pair per split.
  case folders

  /// The layout that a folder has; nil if unknown.
  init?(of folder: PublicFolder) {
    guard let layout = PublicLayout.allCases.first(where: { $0.isLayout(of: folder) }) else {
      return nil
    }
    self = layout
  }

  /// The display name.
  public var name: String {
    switch self {
    case .faceForensics: "FaceForensics++"
    case .celebDF: "Celeb-DF"
    case .df40: "DF40"
    case .kaggle140k: "140k Real and Fake Faces"
    case .deepfakeBench: "DeepfakeBench"
    case .dfdc: "DFDC"
    case .folders: "folders 'real' and 'fake'"
    }
  }

  /// How the layout tells identities, as a clause that follows "because".
  var identityRule: String {
    switch self {
    case .faceForensics: "names such as '000_003' state the identities of target and source"
    case .celebDF: "names such as 'id0_id1_0000' state the identities of target and source"
    case .df40: "names such as '000_003' and 'id0_id1_0000' state the identities"
    case .kaggle140k: "each file is an identity"
    case .deepfakeBench: "names such as '000_003' and 'id0_id1_0000' state the identities"
    case .dfdc: "a video and its forgeries count as one identity"
    case .folders:
      "files in one subfolder, or with the same name up to a trailing number, count as one identity"
    }
  }

  /// True if the layout itself states which clips a forgery was made from.
  var statesClips: Bool { self != .folders && self != .kaggle140k }

  /// True for a folder with the names of this layout.
  func isLayout(of folder: PublicFolder) -> Bool {
    switch self {
    case .faceForensics: FaceForensics.isLayout(of: folder)
    case .celebDF: CelebDF.isLayout(of: folder)
    case .df40: DF40.isLayout(of: folder)
    case .kaggle140k: Kaggle140k.isLayout(of: folder)
    case .deepfakeBench: DeepfakeBench.isLayout(of: folder)
    case .dfdc: DFDC.isLayout(of: folder)
    case .folders: RealFakeFolders.isLayout(of: folder)
    }
  }

  /// The contents of a folder of this layout.
  func contents(of folder: PublicFolder) throws(FacesError) -> LayoutContents {
    switch self {
    case .faceForensics: try FaceForensics.contents(of: folder)
    case .celebDF: try CelebDF.contents(of: folder)
    case .df40: try DF40.contents(of: folder)
    case .kaggle140k: try Kaggle140k.contents(of: folder)
    case .deepfakeBench: try DeepfakeBench.contents(of: folder)
    case .dfdc: try DFDC.contents(of: folder)
    case .folders: try RealFakeFolders.contents(of: folder)
    }
  }
}
