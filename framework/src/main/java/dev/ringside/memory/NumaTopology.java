// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.memory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The nodes of a host with non-uniform memory access: how far they are from each other, and what is
 * on each of them. A new one has nodes of one processor and {@value #DEFAULT_BUFFERS} transmit
 * buffers, all as far from each other; what is placed nowhere is on node 0.
 *
 * <pre>{@code
 * NumaTopology.nodes(2)
 *     .buffers(512)
 *     .distances(new int[][] {{10, 21}, {31, 10}}) // from the row's node to the column's
 *     .nics(1, "p0")
 *     .applications(0, "web")
 * }</pre>
 *
 * <p>Distances are those of the ACPI System Locality Information Table: 10 (or 0) to itself, up to
 * 254 to others, and not always the same in both directions. Each method returns another topology.
 */
public final class NumaTopology {

  /** The most nodes of one host. */
  public static final int MAX_NODES = 64;

  /** The most processors of one node. */
  public static final int MAX_PROCESSORS = 4_096;

  /** The most transmit buffers of one node: 16,777,216. */
  public static final int MAX_BUFFERS = 1 << 24;

  /** The longest distance; 255 would mean that there is no way. */
  public static final int MAX_DISTANCE = 254;

  /** How many transmit buffers a node has unless told otherwise. */
  public static final int DEFAULT_BUFFERS = 512;

  private static final int LOCAL = 10;
  private static final int REMOTE = 20;

  private final int[][] distances;
  private final int[] processors;
  private final int[] buffers;
  private final Map<String, Integer> nics;
  private final Map<String, Integer> applications;

  private NumaTopology(
      int[][] distances,
      int[] processors,
      int[] buffers,
      Map<String, Integer> nics,
      Map<String, Integer> applications) {
    this.distances = distances;
    this.processors = processors;
    this.buffers = buffers;
    this.nics = nics;
    this.applications = applications;
  }

  /**
   * So many nodes, 20 from each other and 10 from themselves.
   *
   * @throws IllegalArgumentException if it is not 1 to {@link #MAX_NODES}
   */
  public static NumaTopology nodes(int number) {
    checkRange("number of NUMA nodes ", number, 1, MAX_NODES);
    int[][] distances = new int[number][number];
    for (int node = 0; node < number; node++) {
      Arrays.fill(distances[node], REMOTE);
      distances[node][node] = LOCAL;
    }
    int[] processors = new int[number];
    Arrays.fill(processors, 1);
    int[] buffers = new int[number];
    Arrays.fill(buffers, DEFAULT_BUFFERS);
    return new NumaTopology(distances, processors, buffers, Map.of(), Map.of());
  }

  private static void checkRange(String what, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(what + value + " is not in " + least + " to " + most);
    }
  }

  // ---- what it shall have ----

  /**
   * All distances: the row is the node that reaches out, the column the one that is reached.
   *
   * @throws IllegalArgumentException if there is not one row and one column for each node, a
   *     distance is not 0 to {@link #MAX_DISTANCE}, that to itself neither 0 nor 10, or another one
   *     less than that
   */
  public NumaTopology distances(int[][] matrix) {
    int nodes = nodeCount();
    if (matrix.length != nodes) {
      throw new IllegalArgumentException(
          "distance matrix has " + matrix.length + " rows; " + nodes + " NUMA nodes need as many");
    }
    int[][] copy = new int[nodes][];
    for (int from = 0; from < nodes; from++) {
      if (matrix[from].length != nodes) {
        throw new IllegalArgumentException(
            "distance matrix has "
                + matrix[from].length
                + " columns in row "
                + from
                + "; "
                + nodes
                + " NUMA nodes need as many");
      }
      copy[from] = matrix[from].clone();
    }
    checkDistances(copy);
    return new NumaTopology(copy, processors, buffers, nics, applications);
  }

  private static void checkDistances(int[][] matrix) {
    for (int from = 0; from < matrix.length; from++) {
      int local = matrix[from][from];
      if (local != 0 && local != LOCAL) {
        throw new IllegalArgumentException(
            "distance of node " + from + " to itself is " + local + "; it must be 0 or " + LOCAL);
      }
      for (int to = 0; to < matrix.length; to++) {
        if (matrix[from][to] < local || matrix[from][to] > MAX_DISTANCE) {
          throw new IllegalArgumentException(
              "distance of node "
                  + from
                  + " to node "
                  + to
                  + " is "
                  + matrix[from][to]
                  + "; it must be "
                  + local
                  + ", as to itself, to "
                  + MAX_DISTANCE);
        }
      }
    }
  }

  /**
   * One distance, in one direction.
   *
   * @throws IllegalArgumentException as {@link #distances}, or if there is no such node
   */
  public NumaTopology distance(int from, int to, int distance) {
    checkNode(from);
    checkNode(to);
    int[][] changed = distances.clone();
    changed[from] = changed[from].clone();
    changed[from][to] = distance;
    return distances(changed);
  }

  /**
   * So many processors on each node.
   *
   * @throws IllegalArgumentException if it is not 1 to {@link #MAX_PROCESSORS}
   */
  public NumaTopology processors(int each) {
    NumaTopology topology = this;
    for (int node = 0; node < nodeCount(); node++) {
      topology = topology.processors(node, each);
    }
    return topology;
  }

  /**
   * So many processors on this node.
   *
   * @throws IllegalArgumentException if it is not 1 to {@link #MAX_PROCESSORS}, or there is no such
   *     node
   */
  public NumaTopology processors(int node, int number) {
    checkNode(node);
    checkRange("number of processors of node " + node + ": ", number, 1, MAX_PROCESSORS);
    return new NumaTopology(distances, with(processors, node, number), buffers, nics, applications);
  }

  /**
   * So many transmit buffers on each node.
   *
   * @throws IllegalArgumentException if it is not 0 to {@link #MAX_BUFFERS}
   */
  public NumaTopology buffers(int each) {
    NumaTopology topology = this;
    for (int node = 0; node < nodeCount(); node++) {
      topology = topology.buffers(node, each);
    }
    return topology;
  }

  /**
   * So many transmit buffers on this node.
   *
   * @throws IllegalArgumentException if it is not 0 to {@link #MAX_BUFFERS}, or there is no such
   *     node
   */
  public NumaTopology buffers(int node, int number) {
    checkNode(node);
    checkRange("number of transmit buffers of node " + node + ": ", number, 0, MAX_BUFFERS);
    return new NumaTopology(distances, processors, with(buffers, node, number), nics, applications);
  }

  private static int[] with(int[] numbers, int index, int number) {
    int[] changed = numbers.clone();
    changed[index] = number;
    return changed;
  }

  /**
   * Puts physical NICs of the host on a node.
   *
   * @throws IllegalArgumentException if there is no such node
   */
  public NumaTopology nics(int node, String... names) {
    checkNode(node);
    return new NumaTopology(distances, processors, buffers, with(nics, node, names), applications);
  }

  /**
   * Puts applications on a node: virtual machines by their names, or the host itself, whose virtual
   * switch sends what does not leave through a virtual function.
   *
   * @throws IllegalArgumentException if there is no such node
   */
  public NumaTopology applications(int node, String... names) {
    checkNode(node);
    return new NumaTopology(distances, processors, buffers, nics, with(applications, node, names));
  }

  private static Map<String, Integer> with(Map<String, Integer> placed, int node, String... names) {
    Map<String, Integer> changed = new LinkedHashMap<>(placed);
    for (String name : names) {
      changed.put(name, node);
    }
    return changed;
  }

  void checkNode(int node) {
    if (node < 0 || node >= nodeCount()) {
      throw new IllegalArgumentException(
          "no NUMA node " + node + "; there are 0 to " + (nodeCount() - 1));
    }
  }

  // ---- what it has ----

  /** How many nodes there are. */
  public int nodeCount() {
    return distances.length;
  }

  /** How far one node is from another, seen from the first. */
  public int distance(int from, int to) {
    return distances[from][to];
  }

  /** How many processors are on a node. */
  public int processorsOf(int node) {
    return processors[node];
  }

  /** How many transmit buffers are on a node. */
  public int buffersOf(int node) {
    return buffers[node];
  }

  /**
   * The node of a processor; they are numbered from 0, node by node.
   *
   * @throws IllegalArgumentException if there is no such processor
   */
  public int nodeOfProcessor(int processor) {
    int first = 0;
    for (int node = 0; node < nodeCount() && processor >= 0; node++) {
      first += processors[node];
      if (processor < first) {
        return node;
      }
    }
    int last = Arrays.stream(processors).sum() - 1;
    throw new IllegalArgumentException("no processor " + processor + "; there are 0 to " + last);
  }

  /** The node of a physical NIC. */
  public int nodeOfNic(String name) {
    return nics.getOrDefault(name, 0);
  }

  /** The node of an application, to begin with. */
  public int nodeOfApplication(String name) {
    return applications.getOrDefault(name, 0);
  }

  /** The physical NICs that have their place, in the order in which they got it. */
  public List<String> placedNics() {
    return new ArrayList<>(nics.keySet());
  }

  /** The applications that have their place, in the order in which they got it. */
  public List<String> placedApplications() {
    return new ArrayList<>(applications.keySet());
  }

  /**
   * The nodes with their distances, such as {@code 2 NUMA nodes, distances [[10, 21], [31, 10]]}.
   */
  @Override
  public String toString() {
    return nodeCount()
        + (nodeCount() == 1
            ? " NUMA node"
            : " NUMA nodes, distances " + Arrays.deepToString(distances));
  }
}
