package dev.spillway.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Puts one document's nodes over another's; each node keeps its own place. */
final class Merge {

  private Merge() {}

  static Node over(Node upper, Node lower) {
    return upper instanceof MappingNode above && lower instanceof MappingNode below
        ? over(above, below)
        : upper;
  }

  private static MappingNode over(MappingNode upper, MappingNode lower) {
    List<NodeTuple> tuples = new ArrayList<>(upper.getValue());
    for (NodeTuple below : lower.getValue()) {
      Optional<NodeTuple> above = find(upper, below.getKeyNode());
      if (above.isEmpty()) {
        tuples.add(below);
      } else {
        NodeTuple found = above.get();
        tuples.set(
            tuples.indexOf(found),
            new NodeTuple(found.getKeyNode(), over(found.getValueNode(), below.getValueNode())));
      }
    }
    return new MappingNode(
        upper.getTag(),
        true,
        tuples,
        upper.getFlowStyle(),
        upper.getStartMark(),
        upper.getEndMark());
  }

  private static Optional<NodeTuple> find(MappingNode node, Node key) {
    return node.getValue().stream()
        .filter(tuple ->
            tuple.getKeyNode() instanceof ScalarNode mine
                && key instanceof ScalarNode other
                && mine.getValue().equals(other.getValue()))
        .findFirst();
  }
}
