import Faces
import Records

/// The identities of a rendering, and the distribution of its scene parameters.
struct SynthesisStatistics {
  /// A person as in the scenes.
  struct Person {
    let name: String
    let pictures: Int
    let identity: Identity
  }

  private(set) var people: [Person] = []
  private(set) var backdrops: [Backdrop.Kind: Int] = [:]
  private var values = [[Double]](repeating: [], count: SynthesisStatistics.parameters.count)

  /// Reads the manifests of the people in a folder, if they exist.
  init(of folder: SynthesisFolder, people count: Int) throws(FacesError) {
    for number in 0..<count where FaceSet.isManifested(folder.person(number)) {
      let scenes = try FaceSet(reading: folder.person(number)).lines.compactMap(\.scene)
      guard let first = scenes.first else { continue }
      people.append(
        Person(
          name: SynthesisFolder.name(of: number), pictures: scenes.count, identity: first.identity))
      for scene in scenes {
        backdrops[scene.backdrop.kind, default: 0] += 1
        for (place, parameter) in SynthesisStatistics.parameters.enumerated() {
          if let value = parameter.value(scene) { values[place].append(Double(value)) }
        }
      }
    }
  }

  var pictures: Int { people.reduce(0) { $0 + $1.pictures } }

  /// The minimum, median and maximum over all pictures.
  var ranges: ReportTable {
    let rows = zip(SynthesisStatistics.parameters, values).compactMap {
      parameter, values -> [String]? in
      let sorted = values.sorted()
      guard let least = sorted.first, let greatest = sorted.last else { return nil }
      return [parameter.name]
        + [least, sorted[sorted.count / 2], greatest].map {
          NumberText.fixed($0, parameter.decimals)
        }
    }
    return ReportTable(["parameter", "minimum", "median", "maximum"], rows)
  }

  /// A random parameter of a scene.
  private struct Parameter {
    let name: String
    let decimals: Int
    /// Nil for scenes without it.
    let value: @Sendable (Scene) -> Float?
  }

  private static let parameters = [
    Parameter(name: "yaw (degrees)", decimals: 0) { $0.pose.yaw * degrees },
    Parameter(name: "pitch (degrees)", decimals: 0) { $0.pose.pitch * degrees },
    Parameter(name: "roll (degrees)", decimals: 0) { $0.pose.roll * degrees },
    Parameter(name: "key light azimuth (degrees)", decimals: 0) { $0.light.azimuth * degrees },
    Parameter(name: "key light elevation (degrees)", decimals: 0) { $0.light.elevation * degrees },
    Parameter(name: "light softness (0 to 1)", decimals: 2) { $0.light.softness },
    Parameter(name: "light warmth (−1 to 1)", decimals: 2) { $0.light.warmth },
    Parameter(name: "exposure (stops)", decimals: 2) { $0.light.exposure },
    Parameter(name: "camera distance (cm)", decimals: 0) { $0.camera.distance },
    Parameter(name: "zoom", decimals: 2) { $0.camera.zoom },
    Parameter(name: "blur (pixels at 256×256)", decimals: 2) { $0.camera.blur },
    Parameter(name: "noise (gray levels of 255)", decimals: 1) { $0.camera.noise },
    Parameter(name: "JPEG quality", decimals: 0) { $0.camera.jpegQuality.map(Float.init) },
  ]

  private static let degrees = 180 / Float.pi
}
