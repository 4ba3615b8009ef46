import Engine
import Faces
import Foundation
import Generation
import Media
import Records

/// The finished pieces of a video until all exist.
///
/// The folder lies beside the result and has its name; only the same conversion resumes from it,
/// any other starts over.
struct ConversionFolder {
  let path: String

  /// The folder for a result.
  init(for output: String) { path = "\(output).parts" }

  /// The inputs and settings of the pieces; pieces with others are useless.
  struct Making: Codable, Equatable {
    var program = Program.version
    var model, input: [String]
    var reference: [String]?
    /// The driver of a reenactment.
    var driver: [String]?
    var side: Side
    var face: FaceChoice
    var insertion: FaceInsertion
    var encoding: VideoSettings

    /// The encoder's settings, without the number of threads.
    struct VideoSettings: Codable, Equatable {
      var codec, preset: String
      var quality: Int
      var isLossless: Bool

      init(_ encoding: VideoEncoding) {
        (codec, preset) = (encoding.codec.rawValue, encoding.preset)
        (quality, isLossless) = (encoding.quality, encoding.isLossless)
      }
    }

    init(_ request: ConversionRequest, weights: String) {
      model = Making.fingerprint(weights)
      input = Making.fingerprint(request.input)
      reference = request.reference.map(Making.fingerprint)
      (side, face) = (request.side, request.face)
      insertion = request.insertion
      encoding = VideoSettings(request.encoding)
    }

    /// The path, size and time of the last change.
    static func fingerprint(_ path: String) -> [String] {
      let attributes = try? FileManager.default.attributesOfItem(atPath: path)
      let changed = (attributes?[.modificationDate] as? Date)?.timeIntervalSince1970
      return [
        Workspace.absolute(path), "\(attributes?[.size] as? Int ?? 0)", "\(changed ?? 0)",
      ]
    }
  }

  /// A finished piece.
  struct Piece: Codable, Equatable {
    var frames = 0
    var swapped = 0
    /// The numbers of faces in its frames, and of swapped ones.
    var facesFound = 0, facesSwapped = 0
    var facesLeft: [SwapObstacle: Int] = [:]
    var fit = InsertionFit()
    /// The positions of some of them.
    var shown: [ShownFace] = []
    var flicker = Flicker()
    /// The duration of its last frame, in the video's time base.
    var lastDuration = 0
    /// The start of the following pieces: its last chunk warms up the smoothing.
    var warmUp = WarmUp()
  }

  /// A chunk that is processed again without being written.
  struct WarmUp: Codable, Equatable {
    /// The number and time stamp of its first frame.
    var start = 0
    var timestamp = 0
    /// The people before it, and their highest similarity to the reference.
    var linker = TrackLinker()
    var likeness: [Int: Double] = [:]
  }

  /// The file of a piece.
  func file(_ number: Int) -> String { "\(path)/\(name(number)).nut" }
  private func record(_ number: Int) -> String { "\(path)/\(name(number)).json" }
  private var note: String { "\(path)/made.json" }

  private func name(_ number: Int) -> String { "piece-" + NumberText.padded(number, to: 6) }

  /// Creates the folder for this process while the lock lives.
  ///
  /// A user's folder of this name is left unchanged.
  func claim() throws -> RunLock {
    let found = try RunFolder.names(in: path).filter { !$0.hasPrefix(".") }
    guard found.isEmpty || FileKind.isThere(note) else {
      throw WorkflowError.foreignFolder(path: path)
    }
    try RunFolder.make(path)
    return try RunLock(at: "\(path)/.lock") { .folderInUse(path: path, process: $0) }
  }

  /// Returns the pieces of the same conversion, or deletes those of another one.
  func begin(_ making: Making) throws -> [Piece] {
    let old = FileManager.default.contents(atPath: note)
    guard old.flatMap({ try? JSONDecoder().decode(Making.self, from: $0) }) == making else {
      for name in try RunFolder.names(in: path) where !name.hasPrefix(".") {
        try RunFolder.remove("\(path)/\(name)")
      }
      try WholeFile.write(Array(try JSONEncoder().encode(making)), to: note)
      return []
    }
    var pieces: [Piece] = []
    while FileKind.isThere(file(pieces.count)),
      let data = FileManager.default.contents(atPath: record(pieces.count)),
      let piece = try? JSONDecoder().decode(Piece.self, from: data)
    {
      pieces.append(piece)
    }
    return pieces
  }

  /// True if a later session can resume from here.
  var hasPieces: Bool { FileKind.isThere(record(0)) }

  /// Records a finished piece, whose file exists.
  func add(_ piece: Piece, number: Int) throws {
    try WholeFile.write(Array(try JSONEncoder().encode(piece)), to: record(number))
  }

  /// Removes the folder.
  func clear() throws { try RunFolder.remove(path) }
}
