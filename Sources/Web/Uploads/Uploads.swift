import Foundation
import Records
import Synchronization

/// Files that browsers have sent, each request's in a folder of its own.
struct Uploads: Sendable {
  let folder: String
  /// The maximum size of one request's files, in bytes.
  let most: Int
  private let limit: Limit
  /// The unfinished uploads that are being written to.
  let busy = Held()

  /// The maximum number of uploads at the same time.
  private static let mostAtOnce = 4
  private static let mostFiles = 10_000
  /// What must stay free on the disk, in bytes.
  private static let reserve = 1 << 30

  init(in folder: String, most: Int) {
    (self.folder, self.most) = (folder, most)
    limit = Limit(Uploads.mostAtOnce)
  }

  /// Names that are in use at the moment.
  final class Held: Sendable {
    private let names = Mutex<Set<String>>([])

    /// Takes a name; false if it is in use.
    func take(_ name: String) -> Bool { names.withLock { $0.insert(name).inserted } }

    func release(_ name: String) { _ = names.withLock { $0.remove(name) } }
  }

  /// Stores the files of a form while they arrive, and returns them with its fields.
  ///
  /// A field `upload-NAME` names a finished upload, which stands for a file of the field `NAME`.
  ///
  /// - Returns: the fields, and the paths of the files by the name of their field.
  func receive(
    _ request: WebRequest
  ) async throws -> (form: WebForm, files: [(name: String, path: String)]) {
    let type = request.header("Content-Type") ?? ""
    guard let boundary = MultipartParser.boundary(of: type) else {
      throw WebFault(.unsupportedMediaType, "The form is not sent as multipart/form-data.")
    }
    let place = newFolder()
    let reception = Reception(in: place)
    do {
      try await atOnce(expecting: request.body.count ?? 0) {
        var parser = MultipartParser(boundary: boundary)
        try await request.body.read(most: most) { part in
          try parser.read(part) { try reception.take($0) }
        }
        try parser.finish()
        try reception.close()
      }
      let form = WebForm(reception.fields)
      return (form, reception.files + (try earlier(in: form)))
    } catch {
      // What has arrived of a broken upload is of no use.
      try? reception.close()
      try? FileManager.default.removeItem(atPath: place)
      throw error
    }
  }

  /// Receives something, unless too much is received already or the disk is too full.
  ///
  /// - Parameter bytes: how much is expected, as far as that is known.
  func atOnce(expecting bytes: Int, _ body: () async throws -> Void) async throws {
    guard limit.enter() else {
      throw WebFault(.tooManyRequests, "Too many uploads at once. Try again later.")
    }
    defer { limit.leave() }
    try checkRoom(for: bytes)
    try await body()
  }

  /// Throws if a file would fill the disk.
  func checkRoom(for bytes: Int) throws {
    guard bytes <= most else { throw WebFault.tooLarge(most) }
    let place = (folder as NSString).deletingLastPathComponent
    let system = try? FileManager.default.attributesOfFileSystem(forPath: place)
    guard let free = (system?[.systemFreeSize] as? NSNumber)?.intValue,
      free < bytes + Uploads.reserve, bytes > 0
    else { return }
    throw WebFault(
      .payloadTooLarge,
      "There is not enough disk space: \(SizeText.of(free)) are free. Remove uploads or runs first.")
  }

  /// A folder for another upload, which is not made yet.
  func newFolder() -> String { "\(folder)/\(Uploads.name())" }

  /// Removes received files, with their folder.
  func remove(_ paths: [String]) {
    for folder in Set(paths.map { ($0 as NSString).deletingLastPathComponent }) {
      try? FileManager.default.removeItem(atPath: folder)
    }
  }

  /// A name that sorts by time and was never given before.
  private static func name() -> String {
    let time = Date().formatted(.iso8601.timeSeparator(.omitted).dateSeparator(.omitted)).prefix(15)
    return "\(time)-\(UInt32.random(in: 0 ... .max))"
  }

  /// Writes the parts of a form.
  private final class Reception {
    private(set) var fields: [(name: String, value: String)] = []
    private(set) var files: [(name: String, path: String)] = []
    private let folder: String
    private var field: (name: String, value: Data)?
    private var file: FileHandle?

    init(in folder: String) { self.folder = folder }

    func take(_ event: MultipartParser.Event) throws {
      switch event {
      case .field(let name):
        guard fields.count < 1000 else { throw WebFault.tooLarge(1000) }
        field = (name, Data())
      case .file(let name, let original):
        guard files.count < Uploads.mostFiles else {
          throw WebFault(.payloadTooLarge, "There are more than \(Uploads.mostFiles) files.")
        }
        // An empty file field is sent as a file without a name.
        guard !original.isEmpty else { return }
        try RunFolder.make(folder)
        let path = free(FileName.tamed(original))
        guard FileManager.default.createFile(atPath: path, contents: nil),
          let file = FileHandle(forWritingAtPath: path)
        else { throw RecordsError.unwritable(path: path, reason: "cannot create the file") }
        self.file = file
        files.append((name, path))
      case .bytes(let bytes):
        if let file {
          do {
            try file.write(contentsOf: bytes)
          } catch {
            throw RecordsError.unwritable(path: folder, reason: RunFolder.reason(of: error))
          }
        } else if field != nil {
          field?.value.append(bytes)
          guard field?.value.count ?? 0 <= 1 << 20 else { throw WebFault.tooLarge(1 << 20) }
        }
      case .end:
        if let field { fields.append((field.name, String(decoding: field.value, as: UTF8.self))) }
        field = nil
        try close()
      }
    }

    func close() throws {
      try file?.close()
      file = nil
    }

    /// A path in the folder that no other file has.
    private func free(_ name: String) -> String {
      let (stem, ending) = (
        (name as NSString).deletingPathExtension, (name as NSString).pathExtension
      )
      let names = [name] + (2...Uploads.mostFiles + 1).lazy.map { "\(stem)-\($0).\(ending)" }
      let paths = names.lazy.map { "\(self.folder)/\($0)" }
      return paths.first { !FileKind.isThere($0) } ?? "\(folder)/\(name)"
    }
  }
}
