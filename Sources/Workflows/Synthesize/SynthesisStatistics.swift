import Faces
import Records

/// Who was rendered, and how what was drawn for each picture is spread.
struct SynthesisStatistics {
  /// A person as the scenes say.
  struct Person {
    let name: String
    let pictures: Int
    let identity: Identity
  }

  private(set) var people: [Person] = []
  private(set) var backdrops: [Backdrop.Kind: Int] = [:]
  private var values = [[Double]](repeating: [], count: SynthesisStatistics.drawn.count)

  /// Reads the manifests of the people of a folder, as far as they are there.
  init(of folder: SynthesisFolder, people count: Int) throws(FacesError) {
    for number in 0..<count where FaceSet.isManifested(folder.person(number)) {
      let scenes = try FaceSet(reading: folder.person(number)).lines.compactMap(\.scene)
      guard let first = scenes.first else { continue }
      people.append(
        Person(
          name: SynthesisFolder.name(of: number), pictures: scenes.count, identity: first.identity))
      for scene in scenes {
        backdrops[scene.backdrop.kind, default: 0] += 1
        for (place, drawn) in SynthesisStatistics.drawn.enumerated() {
          values[place].append(Double(drawn.value(scene)))
        }
      }
    }
  }

  var pictures: Int { people.reduce(0) { $0 + $1.pictures } }

  /// The least, the median and the greatest of all pictures.
  var ranges: ReportTable {
    let rows = zip(SynthesisStatistics.drawn, values).compactMap { drawn, values -> [String]? in
      let sorted = values.sorted()
      guard let least = sorted.first, let greatest = sorted.last else { return nil }
      return [drawn.name]
        + [least, sorted[sorted.count / 2], greatest].map {
          MetricTables.number($0, drawn.decimals)
        }
    }
    return ReportTable(["", "least", "median", "greatest"], rows)
  }

  /// A number that chance gives each picture.
  private struct Drawn {
    let name: String
    let decimals: Int
    let value: @Sendable (Scene) -> Float
  }

  private static let drawn = [
    Drawn(name: "turned to the side, degrees", decimals: 0) { $0.pose.yaw * degrees },
    Drawn(name: "looking up, degrees", decimals: 0) { $0.pose.pitch * degrees },
    Drawn(name: "leaning, degrees", decimals: 0) { $0.pose.roll * degrees },
    Drawn(name: "the main light to the right, degrees", decimals: 0) { $0.light.azimuth * degrees },
    Drawn(name: "the main light above, degrees", decimals: 0) { $0.light.elevation * degrees },
    Drawn(name: "softness of the light, 0 (a point) to 1", decimals: 2, value: \.light.softness),
    Drawn(name: "warmth of the light, −1 (blue) to 1", decimals: 2, value: \.light.warmth),
    Drawn(name: "exposure, stops", decimals: 2, value: \.light.exposure),
    Drawn(name: "distance of the camera, centimeters", decimals: 0, value: \.camera.distance),
    Drawn(name: "zoom", decimals: 2, value: \.camera.zoom),
    Drawn(name: "blur, pixels of 256", decimals: 2, value: \.camera.blur),
    Drawn(name: "noise, of 255", decimals: 1, value: \.camera.noise),
    Drawn(name: "JPEG quality", decimals: 0) { Float($0.camera.jpegQuality) },
  ]

  private static let degrees = 180 / Float.pi
}
