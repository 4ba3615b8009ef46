import Engine
import Faces
import Foundation
import Media
import Records
import Synthesis

/// The face set of one synthetic person while it is rendered.
struct SynthesisPerson {
  /// The person's name.
  let name: String
  /// The name of the face set's folder.
  let folderName: String
  /// The person's scenes.
  let source: SceneSource
  private let path: String
  private let recipe: SynthesisRecipe

  /// - Parameter person: the number of the person, from 0.
  init(_ person: Int, of recipe: SynthesisRecipe, in folder: SynthesisFolder) {
    // Other seeds give other people: the name distinguishes them across face sets.
    name = "seed\(recipe.seed)-\(SynthesisFolder.name(of: person))"
    folderName = SynthesisFolder.name(of: person)
    path = folder.person(person)
    self.recipe = recipe
    source = SceneSource(
      seed: recipe.seed, person: person, scenes: person - person % recipe.sharedScenes,
      kind: recipe.isSequence ? .sequence : .portraits,
      poses: PoseRange(degrees: recipe.yaw, recipe.pitch, recipe.roll), signals: recipe.signals)
  }

  private func mask(_ number: Int) -> String? {
    recipe.masks ? "masks/\(NumberText.padded(number + 1, to: 6)).png" : nil
  }

  private func depth(_ number: Int) -> String? {
    recipe.depth ? "depth/\(NumberText.padded(number + 1, to: 6)).png" : nil
  }

  /// The incomplete pictures: a file or the line in the manifest is missing.
  func missing() throws -> [Int] {
    guard FaceSet.isManifested(path) else { return Array(0..<recipe.count) }
    let listed = Set(try FaceSetWriter(in: path).earlier.map(\.file))
    return (0..<recipe.count).filter { number in
      let files = [recipe.picture(number), mask(number), depth(number)].compactMap(\.self)
      return !listed.contains(files[0])
        || !files.allSatisfy { FileManager.default.fileExists(atPath: "\(path)/\($0)") }
    }
  }

  /// Creates the folders, and opens the manifest.
  func begin() throws -> Lines {
    try RunFolder.make(path)
    if recipe.masks { try RunFolder.make("\(path)/masks") }
    if recipe.depth { try RunFolder.make("\(path)/depth") }
    return Lines(try FaceSetWriter(in: path))
  }

  /// Renders some pictures, spread over the thread pool; their files are on the disk when it returns.
  func render(_ numbers: [Int], by render: SynthesisRun.Render) throws -> [FaceEntry] {
    // While one thread waits for the disk, another one renders.
    let lines = ThreadPool.with(threads: 2 * ThreadPool.threads) {
      ThreadPool.map(numbers.count) { index in
        Result { try write(numbers[index], by: render) }
      }
    }
    return try lines.map { try $0.get() }
  }

  private func write(_ number: Int, by render: SynthesisRun.Render) throws -> FaceEntry {
    var scene = source.scene(number)
    if recipe.isLossless { scene.camera.jpegQuality = nil }
    let portrait = render(scene, recipe.size)
    let mark = try Mark.rendered(at: path)
    let file = recipe.picture(number)
    var line = FaceEntry(file: file, identity: name, portrait, scene)
    (line.mask, line.depth) = (mask(number), depth(number))
    if recipe.isSequence {
      line.frame = number
      line.time = source.time(of: number)
    }
    if let mask = line.mask {
      try WholeFile.write(portrait.maskPicture.encoded(mark: mark), to: "\(path)/\(mask)")
    }
    if let depth = line.depth {
      try WholeFile.write(portrait.depthPicture.encoded(mark: mark), to: "\(path)/\(depth)")
    }
    let format = scene.camera.jpegQuality.map(PictureFormat.jpeg) ?? .png
    try WholeFile.write(portrait.image.encoded(as: format, mark: mark), to: "\(path)/\(file)")
    return line
  }

  /// The manifest, which lists each picture once even if it is rendered again.
  struct Lines {
    private let writer: FaceSetWriter
    private let listed: Set<String>

    init(_ writer: FaceSetWriter) {
      self.writer = writer
      listed = Set(writer.earlier.map(\.file))
    }

    func append(_ lines: [FaceEntry]) throws {
      try writer.append(lines.filter { !listed.contains($0.file) })
    }
  }
}
