import Engine
import Faces

/// The sensitivity of a sensor's pixels, the same in all pictures of a camera.
///
/// The pattern is fixed at the sensor's center: a smaller picture is a part of a larger one.
struct SensorPattern {
  private let mosaic: Mosaic

  init(_ sensor: Sensor, side: Int) {
    let source = RandomSource(seed: sensor.camera)
    let (sites, rows, columns) = (source.split(0), source.split(1), source.split(2))
    let places = (-1...side).map { $0 - side / 2 }
    func deviate(_ source: RandomSource) -> Float {
      var source = source
      return Mosaic.deviate(source.next())
    }
    let across = places.map { sensor.lines * deviate(columns.split($0)) }
    var values: [Float] = []
    values.reserveCapacity(places.count * places.count)
    for y in places {
      let row = sites.split(y)
      let along = sensor.lines * deviate(rows.split(y))
      for (x, column) in zip(places, across) {
        values.append(along + column + sensor.pattern * deviate(row.split(x)))
      }
    }
    mosaic = Mosaic(side: side, sites: values)
  }

  /// The factors of a pixel's linear light, near 1.
  @inline(__always)
  func sensitivity(x: Int, y: Int) -> SIMD3<Float> { 1 + mosaic.value(x: x, y: y) }
}
