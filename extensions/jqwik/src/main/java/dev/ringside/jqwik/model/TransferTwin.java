// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.jqwik.model;

import dev.ringside.transfer.Media;
import dev.ringside.transfer.Protocol;
import dev.ringside.transfer.Transfer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Transfers between virtual machines on blades and a computer outside, done naively: no packets, no
 * clock, only how far each transfer gets.
 *
 * <pre>{@code
 * TransferTwin twin = new TransferTwin(new int[] {0, 0, 1}, 2, 1_000);
 * twin.starts(0, 2, 5_000);
 * twin.allows(0, 3);
 * twin.acknowledged(0); // 3000: three buffers
 * }</pre>
 */
public class TransferTwin {

  private static final int SEGMENT = 1_460;
  private static final int BUFFERS = 16;

  private final int[] bladeOf;
  private final int bladesPerChassis;
  private final int bufferBytes;
  private final Node[] nodes;
  private final Set<Integer> failed = new LinkedHashSet<>();
  private final List<Sent> transfers = new ArrayList<>();

  private static final class Node {
    final Deque<Sent> waiting = new ArrayDeque<>();
    int credits = BUFFERS;
    boolean reposts = true;
    boolean closed;
  }

  /** What went by one protocol over one set of media. */
  private static final class Part {
    final Protocol protocol;
    final Set<Media> media;
    final int from;
    int units;

    Part(Protocol protocol, Set<Media> media, int from) {
      this.protocol = protocol;
      this.media = media;
      this.from = from;
    }
  }

  private static final class Sent {
    final int from;
    final int to;
    final int size;
    final List<Part> parts = new ArrayList<>();
    long allowance;
    int acknowledged;
    boolean barred;
    Transfer.State state = Transfer.State.OPEN;

    Sent(int from, int to, int size) {
      this.from = from;
      this.to = to;
      this.size = size;
    }

    Part last() {
      return parts.get(parts.size() - 1);
    }

    boolean wantsMore() {
      return state == Transfer.State.OPEN && acknowledged < size && allowance > 0;
    }

    void carry(int bytes) {
      acknowledged += Math.min(bytes, size - acknowledged);
      last().units++;
      allowance--;
    }
  }

  /**
   * Nobody has sent anything.
   *
   * @param bladeOf the blade of each virtual machine; the node after the last is outside
   * @param bladesPerChassis so many blades, in order, are in one chassis
   * @param bufferBytes how many bytes a posted buffer has
   */
  public TransferTwin(int[] bladeOf, int bladesPerChassis, int bufferBytes) {
    this.bladeOf = bladeOf.clone();
    this.bladesPerChassis = bladesPerChassis;
    this.bufferBytes = bufferBytes;
    this.nodes = new Node[bladeOf.length + 1];
    for (int i = 0; i < nodes.length; i++) {
      nodes[i] = new Node();
    }
  }

  // ---- what there is ----

  /** How many transfers were started. */
  public int transfers() {
    return transfers.size();
  }

  /** How many bytes of one were acknowledged. */
  public int acknowledged(int transfer) {
    return transfers.get(transfer).acknowledged;
  }

  /** What has become of one. */
  public Transfer.State state(int transfer) {
    return transfers.get(transfer).state;
  }

  /** Its parts as {@code RDMA from 0: 3}, with the number of units. */
  public List<String> parts(int transfer) {
    List<String> texts = new ArrayList<>();
    for (Part part : transfers.get(transfer).parts) {
      texts.add(part.protocol + " from " + part.from + ": " + part.units);
    }
    return texts;
  }

  /** How many buffers of a node are free. */
  public int credits(int node) {
    return nodes[node].credits;
  }

  /** How many senders wait for buffers of a node. */
  public int waiting(int node) {
    return nodes[node].waiting.size();
  }

  /** The media between two nodes. */
  public Set<Media> media(int from, int to) {
    boolean inside = from < bladeOf.length && to < bladeOf.length;
    if (inside && bladeOf[from] == bladeOf[to]) {
      return EnumSet.of(Media.LOCAL_MEMORY);
    }
    if (isCutOff(from) || isCutOff(to)) {
      return EnumSet.noneOf(Media.class);
    }
    return inside && chassisOf(from) == chassisOf(to)
        ? EnumSet.of(Media.CHASSIS_INTERCONNECT)
        : EnumSet.of(Media.CHASSIS_INTERCONNECT, Media.STANDARD_NETWORK);
  }

  private boolean isCutOff(int node) {
    return node < bladeOf.length && failed.contains(chassisOf(node));
  }

  private int chassisOf(int vm) {
    return bladeOf[vm] / bladesPerChassis;
  }

  // ---- what happens ----

  /** A message is to be sent, of which no unit may begin yet. */
  public void starts(int from, int to, int bytes) {
    Sent sent = new Sent(from, to, bytes);
    transfers.add(sent);
    choose(sent);
  }

  /** So many more units may begin. */
  public void allows(int transfer, int units) {
    Sent sent = transfers.get(transfer);
    sent.allowance += units;
    run(sent);
  }

  /** A virtual machine is on another blade. */
  public void moves(int vm, int blade) {
    bladeOf[vm] = blade;
    changed();
  }

  /** The interconnect of a chassis fails, or works again. */
  public void fails(int chassis, boolean fails) {
    boolean news = fails ? failed.add(chassis) : failed.remove(chassis);
    if (news) {
      changed();
    }
  }

  /** Buffers are posted. */
  public void posts(int node, int buffers) {
    nodes[node].credits += buffers;
    serve(nodes[node]);
  }

  /** Buffers are taken back and not posted again. */
  public void holds(int node) {
    nodes[node].credits = 0;
    nodes[node].reposts = false;
  }

  /** Buffers are posted again as soon as they are filled. */
  public void reposts(int node) {
    nodes[node].reposts = true;
  }

  /** A node takes no transfers any more, or does again. */
  public void closes(int node, boolean closes) {
    nodes[node].closed = closes;
    for (Sent sent : transfers) {
      if (closes && sent.to == node && sent.state == Transfer.State.OPEN) {
        fail(sent);
      }
    }
  }

  /** Whoever waits for a buffer takes the network. */
  public void waits() {
    for (Node node : nodes) {
      for (Sent sent : List.copyOf(node.waiting)) {
        node.waiting.remove(sent);
        sent.barred = true;
        choose(sent);
      }
    }
  }

  // ---- how ----

  private void changed() {
    for (Sent sent : transfers) {
      if (sent.state == Transfer.State.OPEN) {
        sent.barred = false;
        choose(sent);
      }
    }
  }

  private void choose(Sent sent) {
    Set<Media> media = media(sent.from, sent.to);
    if (media.isEmpty()) {
      fail(sent);
      return;
    }
    Protocol protocol = sent.barred ? Protocol.TCP_IP : protocolFor(media);
    boolean other = sent.parts.isEmpty() || sent.last().protocol != protocol;
    if (other || !sent.last().media.equals(media)) {
      sent.parts.add(new Part(protocol, media, sent.acknowledged));
    }
    if (other) {
      nodes[sent.to].waiting.remove(sent);
    }
    if (nodes[sent.to].closed) {
      fail(sent);
    } else {
      run(sent);
    }
  }

  /** The table. */
  protected Protocol protocolFor(Set<Media> media) {
    if (media.contains(Media.STANDARD_NETWORK)) {
      return Protocol.TCP_IP;
    }
    return media.contains(Media.CHASSIS_INTERCONNECT) ? Protocol.RDMA : Protocol.LOOPBACK;
  }

  private void run(Sent sent) {
    if (nodes[sent.to].waiting.contains(sent)) {
      return;
    }
    while (sent.wantsMore() && mayCarry(sent)) {
      sent.carry(unit(sent));
    }
    if (sent.state == Transfer.State.OPEN && sent.acknowledged == sent.size) {
      sent.state = Transfer.State.DELIVERED;
    }
  }

  private int unit(Sent sent) {
    return switch (sent.last().protocol) {
      case LOOPBACK -> sent.size;
      case RDMA -> bufferBytes;
      case TCP_IP -> SEGMENT;
    };
  }

  private boolean mayCarry(Sent sent) {
    Node node = nodes[sent.to];
    if (sent.last().protocol != Protocol.RDMA) {
      return true;
    }
    if (!node.waiting.isEmpty() || node.credits == 0) {
      node.waiting.add(sent);
      return false;
    }
    node.credits -= node.reposts ? 0 : 1;
    return true;
  }

  private void serve(Node node) {
    while (node.credits > 0 && !node.waiting.isEmpty()) {
      Sent first = node.waiting.remove();
      node.credits -= node.reposts ? 0 : 1;
      first.carry(bufferBytes);
      run(first);
    }
  }

  private void fail(Sent sent) {
    sent.state = Transfer.State.FAILED;
    nodes[sent.to].waiting.remove(sent);
  }
}
