import Detection
import Engine
import Faces
import Foundation
import Media
import Records

/// Known cameras, each by the fingerprint of its pictures.
struct CameraReferences: Sendable {
  /// A camera, by the name of its folder.
  private struct Camera {
    let name: String
    let fingerprint: CameraFingerprint
  }

  private let cameras: [Camera]

  /// Pictures of a camera, and frames of a video, that are looked at: evenly spread over all.
  private static let (mostPictures, mostFrames) = (32, 24)

  /// Reads the pictures in the folders of a folder.
  init(reading folder: String) throws {
    guard Workspace.isFolder(folder) else {
      throw WorkflowError.noReferences(path: folder, reason: "it is no folder")
    }
    let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted().filter {
      !$0.hasPrefix(".") && Workspace.isFolder("\(folder)/\($0)")
    }
    guard !names.isEmpty else {
      throw WorkflowError.noReferences(path: folder, reason: "it has no folders of pictures")
    }
    cameras = try ThreadPool.map(names.count) { index in
      Result { try CameraReferences.camera(named: names[index], in: folder) }
    }.map { try $0.get() }
  }

  private static func camera(named name: String, in folder: String) throws -> Camera {
    let path = "\(folder)/\(name)"
    let all = try FolderListing.names(in: path).filter {
      MediaKind(at: "\(path)/\($0)") == .picture
    }
    guard !all.isEmpty else {
      throw WorkflowError.noReferences(path: path, reason: "it has no pictures")
    }
    let count = min(all.count, mostPictures)
    let files = (0..<count).map { "\(path)/\(all[$0 * all.count / count])" }
    do {
      let fingerprint = try CameraFingerprint(of: count) { try Image(reading: files[$0]) }
      return Camera(name: name, fingerprint: fingerprint)
    } catch let DetectionError.otherSize(width, height, wanted) {
      throw WorkflowError.noReferences(
        path: path,
        reason: "one of its pictures has \(width)×\(height) pixels, and another \(wanted)")
    }
  }

  /// How the noise of a file compares with that of each camera, the most alike first.
  func matches(of input: ExtractInput) throws -> [CameraMatch] {
    let own: CameraFingerprint?
    let picture: PictureNoise?
    switch input {
    case .picture(let path): (own, picture) = (nil, try PictureNoise(Image(reading: path)))
    case .video(let path): (own, picture) = (try CameraReferences.fingerprint(of: path), nil)
    }
    let matches = try cameras.compactMap { camera -> CameraMatch? in
      let match =
        if let picture {
          try camera.fingerprint.match(picture)
        } else {
          try own.map { try camera.fingerprint.match($0) }
        }
      return match.map { CameraMatch(camera: camera.name, $0) }
    }
    return matches.sorted { ($0.energy, $1.camera) > ($1.energy, $0.camera) }
  }

  /// The pattern in frames of a video; nil for one without any.
  private static func fingerprint(of path: String) throws -> CameraFingerprint? {
    let frames = try pictures(of: path)
    return frames.isEmpty ? nil : try CameraFingerprint(of: frames.count) { frames[$0] }
  }

  /// Frames of a video, evenly spread, as far as it can be read.
  private static func pictures(of path: String) throws -> [Image] {
    let known = try VideoReader(reading: path).info.frames
    let count = try known ?? VideoFaceReader.count(of: path)
    let step = max(1, count / mostFrames)
    let reader = try VideoReader(reading: path)
    var frames: [Image] = []
    while frames.count < mostFrames {
      let frame: VideoFrame?
      do {
        frame = try reader.next()
      } catch {
        guard case .truncatedVideo = error else { throw error }
        break
      }
      guard let frame else { break }
      if frame.number % step == 0 { frames.append(try frame.picture()) }
    }
    return frames
  }
}

/// How the noise of a file compares with that of one camera.
public struct CameraMatch: Codable, Equatable, Sendable {
  /// The name of the camera's folder.
  public let camera: String
  /// The peak-to-correlation energy.
  public let energy: Double
  /// Whether the camera took the file.
  public let isSame: Bool

  init(camera: String, _ match: CameraFingerprint.Match) {
    (self.camera, energy, isSame) = (camera, match.energy, match.isSame)
  }

  /// What the matches with all cameras say, in a sentence.
  ///
  /// - Parameter matches: the most alike first; at least one.
  static func sentence(_ matches: [CameraMatch]) -> String {
    func energy(_ match: CameraMatch) -> String { String(format: "%.0f", match.energy) }
    let limit = String(format: "%.0f", CameraFingerprint.least)
    guard let best = matches.first else { return "Camera: no frame could be compared." }
    guard best.isSame else {
      return
        "Camera: the noise matches that of none of \(matches.count) cameras (the highest "
        + "peak-to-correlation energy is \(energy(best)), with '\(best.camera)'; a match has \(limit) or "
        + "more)."
    }
    let next = matches.dropFirst().first.map { ", and \(energy($0)) with '\($0.camera)'" } ?? ""
    return
      "Camera: the noise matches that of '\(best.camera)' (peak-to-correlation energy \(energy(best))\(next); a "
      + "match has \(limit) or more)."
  }
}
