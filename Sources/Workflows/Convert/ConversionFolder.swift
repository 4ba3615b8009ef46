import Engine
import Faces
import Foundation
import Generation
import Media
import Records

/// Where the finished pieces of a video wait until all are there.
///
/// It lies beside the result and is named after it; the same conversion goes on from it, any other
/// begins anew.
struct ConversionFolder {
  let path: String

  /// The folder of a result.
  init(for output: String) { path = "\(output).parts" }

  /// What the pieces were made of and how: pieces of anything else are of no use.
  struct Making: Codable, Equatable {
    var program = Program.version
    var model, input: [String]
    var reference: [String]?
    var side: Side
    var face: FaceChoice
    var insertion: FaceInsertion
    var encoding: VideoSettings

    /// The encoder's settings, without the threads, which change nothing that matters.
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

    /// The path, the size and the time of the last change.
    private static func fingerprint(_ path: String) -> [String] {
      let attributes = try? FileManager.default.attributesOfItem(atPath: path)
      let changed = (attributes?[.modificationDate] as? Date)?.timeIntervalSince1970
      return [
        Workspace.absolute(path), "\(attributes?[.size] as? Int ?? 0)", "\(changed ?? 0)",
      ]
    }
  }

  /// What is known of a finished piece.
  struct Piece: Codable, Equatable {
    var frames = 0
    var swapped = 0
    /// Faces in its frames, and those of them that were swapped.
    var facesFound = 0, facesSwapped = 0
    /// Where some of these can be seen.
    var shown: [ShownFace] = []
    var flicker = Flicker()
    /// How long its last frame is shown, in the video's time base.
    var lastDuration = 0
    /// Where to begin for the pieces after it: its last stretch warms up the smoothing.
    var warmUp = WarmUp()
  }

  /// A stretch that is gone through once more, without being written.
  struct WarmUp: Codable, Equatable {
    /// The number and the time stamp of its first frame.
    var start = 0
    var timestamp = 0
    /// Who had been seen before it, and how like the reference they were at best.
    var linker = TrackLinker()
    var likeness: [Int: Double] = [:]
  }

  /// The file of a piece.
  func file(_ number: Int) -> String { "\(path)/\(name(number)).nut" }
  private func record(_ number: Int) -> String { "\(path)/\(name(number)).json" }
  private var note: String { "\(path)/made.json" }

  private func name(_ number: Int) -> String { "piece-" + NumberText.padded(number, to: 6) }

  /// Makes the folder, for this process alone as long as the lock lives.
  ///
  /// A folder of the user's with this name is left as it is.
  func claim() throws -> RunLock {
    let found = try RunFolder.names(in: path).filter { !$0.hasPrefix(".") }
    guard found.isEmpty || FileKind.isThere(note) else {
      throw WorkflowError.foreignFolder(path: path)
    }
    try RunFolder.make(path)
    return try RunLock(at: "\(path)/.lock") { .folderInUse(path: path, process: $0) }
  }

  /// Takes up the pieces of the same making, or throws those of any other away.
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

  /// True when a later session can go on from here.
  var hasPieces: Bool { FileKind.isThere(record(0)) }

  /// Notes that a piece is finished; its file is there already.
  func add(_ piece: Piece, number: Int) throws {
    try WholeFile.write(Array(try JSONEncoder().encode(piece)), to: record(number))
  }

  /// Takes the folder away.
  func clear() throws { try RunFolder.remove(path) }
}
