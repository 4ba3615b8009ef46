import Faces

/// Everything on the head and shoulders except skin: ears, hair, brows, lashes, beard, glasses,
/// clothes.
struct Dressing {
  /// The meshes that move with the head, before rotation.
  let head: [Mesh]
  /// The meshes that do not move with the head.
  let body: [Mesh]

  init(_ form: HeadForm) {
    // Hair, glasses and clothes do not follow facial expressions.
    let rest = HeadForm(form.identity, FacialExpression())
    var head = Hairdo(form.identity, scalp: Scalp(rest)).meshes()
    for side: Float in [-1, 1] {
      head.append(Ear(rest, side: side).mesh())
      head += Brow(form: form, side: side).meshes()
      head.append(Lashes(form: form, side: side).mesh())
    }
    head += Beard(form: form).meshes()
    head += Glasses(form: rest).meshes()
    self.head = head
    body = Clothes(rest).meshes()
  }
}
