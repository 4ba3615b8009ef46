/// A folder layout of public datasets.
public enum PublicLayout: String, CaseIterable, Codable, Sendable {
  /// FaceForensics++ (Rössler et al. 2019): `original_sequences`, `manipulated_sequences`.
  case faceForensics = "faceforensics"
  /// Celeb-DF, versions 1 and 2 (Li et al. 2020): `Celeb-real`, `Celeb-synthesis`.
  case celebDF = "celeb-df"
  /// DFDC (Dolhansky et al. 2020): `metadata.json` beside the videos, in one folder or in several.
  case dfdc
  /// Folders `real` and `fake`, possibly one pair per split.
  case folders

  /// The layout that a folder seems to have; nil if unknown.
  public init?(of path: String) {
    let folder = PublicFolder(path: path)
    func holds(_ names: String...) -> Bool { names.contains(where: folder.holds) }
    if holds("original_sequences", "manipulated_sequences") {
      self = .faceForensics
    } else if holds("Celeb-real", "Celeb-synthesis", "YouTube-real") {
      self = .celebDF
    } else if !DFDC.parts(of: folder).isEmpty {
      self = .dfdc
    } else if !RealFakeFolders.pairs(of: folder).isEmpty {
      self = .folders
    } else {
      return nil
    }
  }

  /// The display name.
  public var name: String {
    switch self {
    case .faceForensics: "FaceForensics++"
    case .celebDF: "Celeb-DF"
    case .dfdc: "DFDC"
    case .folders: "folders 'real' and 'fake'"
    }
  }

  /// The items in a folder of this layout, sorted by path.
  func items(of folder: PublicFolder) throws(FacesError) -> [PublicItem] {
    switch self {
    case .faceForensics: try FaceForensics.items(of: folder)
    case .celebDF: try CelebDF.items(of: folder)
    case .dfdc: try DFDC.items(of: folder)
    case .folders: try RealFakeFolders.items(of: folder)
    }
  }
}
