import Engine

extension NetworkArchitecture {
  /// CLIP's image encoder ViT-B/16 (Radford and others, 2021) with a linear layer of one logit; 224×224,
  /// as published.
  public static let clipVision = NetworkArchitecture(
    .clipVision,
    summary:
      "CLIP's image encoder ViT-B/16 (Radford and others, 2021) with a linear layer; imported weights only.",
    input: DetectorInput(
      side: 224, share: 0.875, mean: [0.48145466, 0.4578275, 0.40821073],
      deviation: [0.26862954, 0.26130258, 0.27577711]), sides: 32...256, weightDecay: 5e-4,
    learningRate: 1e-5, published: [openCLIPNames, transformersNames], needsWeights: true
  ) { clipVisionTree($0, &$1) }
}

extension DetectorKind {
  public static let clipVision = DetectorKind("clip-vit")
}

private let width = 768
private let blockCount = 12

/// ViT-B/16: 85,800,193 parameters at 224×224, of which CLIP has all but the 769 of the classifier,
/// without its projection of 768 to 512.
///
/// The classifier reads the first step of the last block, so that block computes no other.
func clipVisionTree(_ side: Int, _ make: inout LayerBuilder) -> Sequential {
  let places = side / 16
  let patches = make.plain(3, width, 16, stride: 16, padding: 0, isFirst: true)
  let tokens = make.tokens(patches, count: places * places, channels: width)
  let blocks = (1...blockCount).map { transformerBlock(isLast: $0 == blockCount, &make) }
  return Sequential([
    "tokens": tokens, "norm1": LayerNorm(channels: width),
    "blocks": Sequential(blocks), "norm2": LayerNorm(channels: width),
    "classifier": make.dense(width, 1),
  ])
}

/// Attention and two dense layers, each after a normalization and added to its input.
private func transformerBlock(isLast: Bool, _ make: inout LayerBuilder) -> Sequential {
  let heads = make.attention(width, heads: 12, queries: isLast ? .first : .all)
  func each(_ dense: Dense) -> any Layer { isLast ? dense : EachFrame(dense) }
  let expand = each(make.dense(width, 4 * width))
  let project = each(make.dense(4 * width, width))
  return Sequential([
    "attention": Residual(
      Sequential(["norm": LayerNorm(channels: width), "heads": heads]),
      shortcut: isLast ? TemporalPool(.first) : Activate(.identity)),
    "mlp": Residual(
      Sequential([
        "norm": LayerNorm(channels: width), "expand": expand, "gelu": Activate(.quickGELU),
        "project": project,
      ])),
  ])
}

/// The names of OpenAI's CLIP and of open_clip; the text encoder and the projection are left out.
private let openCLIPNames: PublishedNames = {
  var layers = [
    "tokens.patches": "visual.conv1", "norm1": "visual.ln_pre", "norm2": "visual.ln_post",
  ]
  var sources = [
    "tokens.class": PublishedNames.Source(name: "visual.class_embedding"),
    "tokens.position": PublishedNames.Source(name: "visual.positional_embedding"),
  ]
  for index in 0..<blockCount {
    let (mine, theirs) = ("blocks.\(index)", "visual.transformer.resblocks.\(index)")
    layers["\(mine).attention.body.norm"] = "\(theirs).ln_1"
    layers["\(mine).attention.body.heads.out"] = "\(theirs).attn.out_proj"
    layers["\(mine).mlp.body.norm"] = "\(theirs).ln_2"
    layers["\(mine).mlp.body.expand"] = "\(theirs).mlp.c_fc"
    layers["\(mine).mlp.body.project"] = "\(theirs).mlp.c_proj"
    for (part, name) in ["query", "key", "value"].enumerated() {
      for kind in ["weight", "bias"] {
        sources["\(mine).attention.body.heads.\(name).\(kind)"] = PublishedNames.Source(
          name: "\(theirs).attn.in_proj_\(kind)", part: part, parts: 3)
      }
    }
  }
  return PublishedNames(
    "open_clip", layers: layers, sources: sources,
    others: [
      "visual.proj", "transformer", "token_embedding", "positional_embedding", "ln_final",
      "text_projection", "logit_scale", "attn_mask", "input_resolution", "context_length",
      "vocab_size",
    ])
}()

/// The names of transformers' `CLIPModel` and `CLIPVisionModel`.
private let transformersNames: PublishedNames = {
  var layers = [
    "tokens.patches": "vision_model.embeddings.patch_embedding",
    "norm1": "vision_model.pre_layrnorm", "norm2": "vision_model.post_layernorm",
  ]
  for index in 0..<blockCount {
    let (mine, theirs) = ("blocks.\(index)", "vision_model.encoder.layers.\(index)")
    layers["\(mine).attention.body.norm"] = "\(theirs).layer_norm1"
    for (name, other) in [("query", "q"), ("key", "k"), ("value", "v"), ("out", "out")] {
      layers["\(mine).attention.body.heads.\(name)"] = "\(theirs).self_attn.\(other)_proj"
    }
    layers["\(mine).mlp.body.norm"] = "\(theirs).layer_norm2"
    layers["\(mine).mlp.body.expand"] = "\(theirs).mlp.fc1"
    layers["\(mine).mlp.body.project"] = "\(theirs).mlp.fc2"
  }
  let embeddings = "vision_model.embeddings"
  return PublishedNames(
    "transformers", layers: layers,
    sources: [
      "tokens.class": PublishedNames.Source(name: "\(embeddings).class_embedding"),
      "tokens.position": PublishedNames.Source(name: "\(embeddings).position_embedding.weight"),
    ],
    others: [
      "\(embeddings).position_ids", "visual_projection", "text_model", "text_projection",
      "logit_scale",
    ])
}()
