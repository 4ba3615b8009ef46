import Foundation
import Records

/// Files that browsers have sent, each in a folder of its own.
struct Uploads: Sendable {
  let folder: String
  /// The maximum size of one request's files, in bytes.
  let most: Int
  private let limit: Limit

  /// The maximum number of uploads at the same time.
  private static let mostAtOnce = 4
  private static let mostFiles = 10_000

  init(in folder: String, most: Int) {
    (self.folder, self.most) = (folder, most)
    limit = Limit(Uploads.mostAtOnce)
  }

  /// Stores the files of a form while they arrive, and returns them with its fields.
  ///
  /// - Returns: the fields, and the paths of the files by the name of their field.
  func receive(
    _ request: WebRequest
  ) async throws -> (form: WebForm, files: [(name: String, path: String)]) {
    let type = request.header("Content-Type") ?? ""
    guard let boundary = MultipartParser.boundary(of: type) else {
      throw WebFault(.unsupportedMediaType, "The form is not sent as multipart/form-data.")
    }
    guard limit.enter() else {
      throw WebFault(.tooManyRequests, "Too many uploads at once. Try again later.")
    }
    defer { limit.leave() }
    let place = "\(folder)/\(Uploads.name())"
    let reception = Reception(in: place)
    do {
      var parser = MultipartParser(boundary: boundary)
      try await request.body.read(most: most) { part in
        try parser.read(part) { try reception.take($0) }
      }
      try parser.finish()
      try reception.close()
      return (WebForm(reception.fields), reception.files)
    } catch {
      // What has arrived of a broken upload is of no use.
      try? reception.close()
      try? FileManager.default.removeItem(atPath: place)
      throw error
    }
  }

  /// Removes received files, with their folder.
  func remove(_ paths: [String]) {
    for folder in Set(paths.map { ($0 as NSString).deletingLastPathComponent }) {
      try? FileManager.default.removeItem(atPath: folder)
    }
  }

  /// A name that sorts by time and was never given before.
  private static func name() -> String {
    let time = Date().formatted(.iso8601.timeSeparator(.omitted)).prefix(17)
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

/// Names of files from elsewhere.
enum FileName {
  /// A name without folders, with the characters of run names, and a plain extension.
  static func tamed(_ name: String) -> String {
    let last = name.split(whereSeparator: { "/\\".contains($0) }).last.map(String.init) ?? ""
    let stem = RunName.tamed((last as NSString).deletingPathExtension[...])
    let ending = (last as NSString).pathExtension.lowercased().filter {
      $0.isASCII && ($0.isLetter || $0.isNumber)
    }.prefix(8)
    return ending.isEmpty ? stem : "\(stem).\(ending)"
  }
}
