import Faces
import Testing

@testable import Synthesis

@Suite struct HeadFormTests {
  private let average = HeadForm(Identity(), FacialExpression())

  @Test func theAverageHeadHasTheSizesOfAnthropometry() {
    // Means of adults in centimeters (Farkas 1994), women's and men's averaged.
    let form = average
    let eyes = form(FaceChart.eyeInner, 0).x - form(-FaceChart.eyeInner, 0).x
    #expect(abs(eyes - 3.3) < 0.6, "between the inner corners of the eyes")
    let mouth = form(FaceChart.mouthCorner, FaceChart.mouthLine).x * 2
    #expect(abs(mouth - 5.3) < 0.8, "the mouth's width")
    let face = form(0, FaceChart.noseRoot).y - form(0, FaceChart.chin).y
    #expect(abs(face - 11.8) < 0.8, "from the nose's root to the chin")
    let head = form(0, FaceChart.crown).y - form(0, FaceChart.chin).y
    #expect(abs(head - 22.8) < 1.2, "from chin to crown")
    let nose = form(0, FaceChart.noseTip).z - form(0, -4.6).z
    #expect(abs(nose - 1.9) < 0.6, "how far the nose stands out")
  }

  @Test(arguments: [(1.2, 3.0), (3.1, -2.0), (4.6, 0.5), (2.0, -7.0), (6.0, -9.0)])
  func theAverageHeadIsSymmetric(s: Float, t: Float) {
    let (right, left) = (average(s, t), average(-s, t))
    #expect(abs(right.x + left.x) < 1e-5)
    #expect(abs(right.y - left.y) < 1e-5)
    #expect(abs(right.z - left.z) < 1e-5)
  }

  @Test func lipsMeetAtRestAndPartAsTheJawDrops() {
    let slit = FaceChart.mouthSlit
    func gap(_ form: HeadForm) -> Float {
      form(0, FaceChart.mouthLine + slit).y - form(0, FaceChart.mouthLine - slit).y
    }
    #expect(abs(gap(average)) < 0.02)
    var open = FacialExpression()
    open.jawOpen = 1
    let wide = gap(HeadForm(Identity(), open))
    #expect(wide > 2.5 && wide < 5.5)
  }

  @Test(arguments: [Float(0), 1]) func lidsMeetOnlyWhenClosed(closed: Float) {
    var expression = FacialExpression()
    (expression.lidLeft, expression.lidRight) = (closed, closed)
    let form = HeadForm(Identity(), expression)
    for side in [Float(-1), 1] {
      let s = side * FaceChart.eyeMiddle
      let gap = form(s, FaceChart.eyeSlit).y - form(s, -FaceChart.eyeSlit).y
      #expect(closed == 1 ? abs(gap) < 0.12 : gap > 0.7 && gap < 1.2)
    }
  }

  @Test func theBallStaysBehindTheLids() {
    for closed in [Float(0), 0.5, 1] {
      var expression = FacialExpression()
      expression.lidLeft = closed
      let form = HeadForm(Identity(), expression)
      let ball = form.eyes[1].middle
      for s in stride(from: Float(2.6), through: 4, by: 0.2) {
        for t in [Float(-0.5), -FaceChart.eyeSlit, FaceChart.eyeSlit, 0.4, 0.7] {
          let away = form(s, t) - ball
          let distance = (away * away).sum().squareRoot()
          #expect(distance > EyeForm.radius, "at \(s), \(t), lids \(closed)")
        }
      }
    }
  }

  @Test(arguments: 0..<24) func whateverTheNumbersTheSkinIsWhole(seed: UInt64) {
    let (identity, expression) = HeadForm.extremes(seed)
    let mesh = SkinGrid.mesh(of: HeadForm(identity, expression))
    #expect(mesh.positions.allSatisfy { abs($0.x) < 12 && abs($0.y) < 25 && abs($0.z) < 25 })
    // Seen from the front, the skin between brows and chin is nowhere turned inside out; full lips may hang over.
    var turned = 0
    for triangle in mesh.triangles {
      let corner = mesh.charts[Int(triangle.x)]
      guard abs(corner.x) < 5.5, corner.y > 1.4 || corner.y < -1.4, corner.y < 6, corner.y > -10,
        abs(corner.y - FaceChart.mouthLine) > 2.3, abs(corner.y + 4) > 0.8
      else { continue }
      let a = mesh.positions[Int(triangle.x)]
      let b = mesh.positions[Int(triangle.y)] - a
      let c = mesh.positions[Int(triangle.z)] - a
      if b.x * c.y - b.y * c.x < 0 { turned += 1 }
    }
    #expect(turned == 0)
  }

  @Test func thereAreSixtyEightLandmarksInIbugsOrder() {
    let points = Head(Identity(), FacialExpression(), Pose()).landmarks
    #expect(points.count == 68)
    // The jaw from left to right, by the chin.
    #expect(zip(points[0...16], points[1...16]).allSatisfy { $0.x < $1.x })
    #expect(points[8].y == points[0...16].map(\.y).min())
    // Brows over eyes over nose over mouth, the tip of the nose in front of all.
    #expect(points[19].y > points[37].y && points[37].y > points[41].y)
    #expect(points[41].y > points[33].y && points[33].y > points[51].y)
    #expect(points[30].z == points.map(\.z).max())
    // Each eye goes round: outer corner, over the upper lid, inner corner, back along the lower one.
    #expect(points[36].x < points[37].x && points[38].x < points[39].x)
    #expect(points[40].x > points[41].x && points[42].x < points[45].x)
  }

  @Test func turningKeepsDistancesOfTheFaceAndTheShouldersInPlace() {
    var pose = Pose()
    (pose.yaw, pose.pitch, pose.roll) = (0.6, -0.3, 0.2)
    let head = Head(Identity(), FacialExpression(), pose)
    let a = head.turned(SIMD3(3, 0, 0)) - head.turned(SIMD3(-3, 0, 0))
    #expect(abs((a * a).sum().squareRoot() - 6) < 1e-4)
    #expect(a.z < 0, "a face turned to the viewer's right has its right side further away")
    let shoulder = SIMD3<Float>(5, -20, -10)
    #expect(head.turned(shoulder) == shoulder)
  }
}

extension HeadForm {
  /// Numbers at the edge of what is drawn.
  static func extremes(_ seed: UInt64) -> (Identity, FacialExpression) {
    var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    func draw() -> Float {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (state >> 63) == 0 ? -2 : 2
    }
    var identity = Identity()
    for path: WritableKeyPath<Identity, Float> in [
      \.faceWidth, \.faceLength, \.jawWidth, \.jawSquareness, \.chinLength, \.chinWidth,
      \.cheekFullness, \.browRidge, \.browHeight, \.eyeWidth, \.eyeSpacing, \.eyeTilt, \.eyeDepth,
      \.noseLength, \.noseWidth, \.noseBridge, \.noseHump, \.noseTipUp, \.noseForward,
      \.mouthWidth, \.mouthHeight, \.upperLip, \.lowerLip, \.lipsForward,
    ] {
      identity[keyPath: path] = draw()
    }
    var expression = FacialExpression()
    for path: WritableKeyPath<FacialExpression, Float> in [
      \.smileLeft, \.jawOpen, \.browInnerRaise, \.lidLeft, \.cheekRaise,
    ] {
      expression[keyPath: path] = draw() > 0 ? 1 : 0
    }
    expression.smileRight = expression.smileLeft
    return (identity, expression)
  }
}
