// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.jqwik.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Virtual machines that reach each other by proxies, done naively: queues of numbers, and loops
 * that look again until nothing moves any more.
 *
 * <pre>{@code
 * ProxyTwin twin = new ProxyTwin(2, 4, 0);
 * twin.sends(0, 1, 17);
 * twin.received(1, 0); // 17
 * }</pre>
 */
public class ProxyTwin {

  /** To all others. */
  static final int ALL = -1;

  private final Vm[] vms;
  private final Channel[][] channels;
  private final int capacity;
  private final int memory;

  private record Sent(int to, int number) {}

  /** What has come by the uplink and waits there. */
  private record Held(int from, int number, boolean forAll) {}

  private static final class Vm {
    final Deque<Sent> queue = new ArrayDeque<>();
    final List<List<Integer>> received = new ArrayList<>();
    final List<Held> uplink = new ArrayList<>();
    final List<Channel> waiting = new ArrayList<>();

    /** Whose proxies it has, in the order in which they came. */
    final List<Integer> peers = new ArrayList<>();

    int kept;
    int used;
    boolean paused;
    boolean gone;
    boolean sending;
  }

  private static final class Channel {
    final int from;
    final int to;
    final Deque<Integer> content = new ArrayDeque<>();
    int capacity;
    boolean drops;
    boolean held;
    boolean known = true;
    int lost;

    Channel(int from, int to, int capacity) {
      this.from = from;
      this.to = to;
      this.capacity = capacity;
    }

    boolean blocks() {
      return !drops && content.size() >= capacity;
    }
  }

  /**
   * Virtual machines that have sent nothing.
   *
   * @param number of virtual machines
   * @param capacity of each channel
   * @param memory how many packets each has memory for; 0: any number
   */
  public ProxyTwin(int number, int capacity, int memory) {
    this.vms = new Vm[number];
    this.channels = new Channel[number][number];
    this.capacity = capacity;
    this.memory = memory;
    for (int i = 0; i < number; i++) {
      comes(i);
    }
  }

  // ---- what there is ----

  /** Whether it has ended. */
  public boolean isGone(int vm) {
    return vms[vm].gone;
  }

  /** The numbers that one has received from another, in order. */
  public List<Integer> received(int vm, int from) {
    return List.copyOf(vms[vm].received.get(from));
  }

  /** How many packets wait at a sender. */
  public int waiting(int vm) {
    return vms[vm].queue.size();
  }

  /** The numbers in a channel, in order. */
  public List<Integer> content(int from, int to) {
    return List.copyOf(channels[from][to].content);
  }

  /** How many packets a channel had no room for and has dropped. */
  public int lost(int from, int to) {
    return channels[from][to].lost;
  }

  /** How many packets of one have memory now. */
  public int used(int vm) {
    return vms[vm].used;
  }

  /** How many requests wait, of senders and for memory. */
  public int waiters() {
    int waiters = 0;
    for (Vm vm : vms) {
      waiters += (vm.queue.isEmpty() ? 0 : 1) + vm.waiting.size();
    }
    return waiters;
  }

  // ---- what happens ----

  /** A virtual machine starts. */
  public void comes(int vm) {
    Vm fresh = new Vm();
    vms[vm] = fresh;
    for (int i = 0; i < vms.length; i++) {
      fresh.received.add(new ArrayList<>());
      Vm peer = vms[i];
      if (i != vm && peer != null) {
        channels[vm][i] = new Channel(vm, i, capacity);
        channels[i][vm] = new Channel(i, vm, capacity);
        if (!peer.gone) {
          fresh.peers.add(i);
          peer.peers.add(vm);
          drain(i);
        }
      }
    }
  }

  /** A virtual machine ends. */
  public void leaves(int vm) {
    Vm former = vms[vm];
    former.gone = true;
    former.queue.clear();
    former.uplink.clear();
    List<Integer> failing = new ArrayList<>();
    for (int peer : former.peers) {
      Channel to = channels[peer][vm];
      Sent first = vms[peer].queue.peek();
      if (first != null && first.to == vm && blocker(peer, first) == to) {
        failing.add(peer);
      }
    }
    for (int peer : former.peers) {
      vms[peer].uplink.removeIf(held -> held.forAll && held.from == vm);
      vms[peer].peers.remove((Integer) vm);
      channels[peer][vm].content.clear();
      channels[vm][peer].content.clear();
    }
    for (int peer : former.peers) {
      if (failing.contains(peer)) {
        vms[peer].queue.poll();
      }
      drain(peer);
    }
  }

  /** A packet is sent, to one or to all. */
  public void sends(int from, int to, int number) {
    vms[from].queue.add(new Sent(to, number));
    drain(from);
  }

  /** The inbox gives the memory of so many packets back. */
  public void releases(int vm, int packets) {
    Vm owner = vms[vm];
    int released = Math.min(packets, owner.kept);
    owner.kept -= released;
    owner.used -= released;
    while (memory > 0 && !owner.waiting.isEmpty() && fits(owner.used)) {
      Channel first = owner.waiting.remove(0);
      if (!owner.paused) {
        deliver(first);
        serve(first);
      }
    }
  }

  /** It stops taking packets, or takes them again. */
  public void pauses(int vm, boolean paused) {
    Vm owner = vms[vm];
    owner.paused = paused;
    if (!paused) {
      List<Held> held = List.copyOf(owner.uplink);
      owner.uplink.clear();
      for (Held packet : held) {
        arriveByUplink(owner, packet);
      }
      for (int peer : owner.peers) {
        serve(channels[peer][vm]);
      }
    }
  }

  /** A channel keeps its packets, or lets them go. */
  public void holds(int from, int to, boolean held) {
    Channel channel = channels[from][to];
    channel.held = held;
    vms[to].waiting.remove(channel);
    serve(channel);
  }

  /** So many packets are polled from a channel. */
  public int polled(int from, int to, int most) {
    Channel channel = channels[from][to];
    int taken = 0;
    while (taken < most && !channel.content.isEmpty() && takes(channel)) {
      deliver(channel);
      taken++;
    }
    drain(from);
    return taken;
  }

  /** A channel holds so many packets. */
  public void hasCapacity(int from, int to, int packets) {
    channels[from][to].capacity = packets;
    drain(from);
  }

  /** What a channel does when it is full. */
  public void drops(int from, int to, boolean drops) {
    channels[from][to].drops = drops;
    drain(from);
  }

  /** Whether {@code from} knows the address of {@code to}. */
  public void knows(int from, int to, boolean known) {
    channels[from][to].known = known;
    drain(from);
  }

  // ---- how ----

  private boolean takes(Channel channel) {
    Vm receiver = vms[channel.to];
    return !receiver.paused && (memory == 0 || (receiver.waiting.isEmpty() && fits(receiver.used)));
  }

  /** Whether there is memory for another packet where so many have some. */
  protected boolean fits(int used) {
    return used < memory;
  }

  private void deliver(Channel channel) {
    Vm receiver = vms[channel.to];
    receiver.received.get(channel.from).add(channel.content.remove());
    receiver.kept++;
    receiver.used += memory == 0 ? 0 : 1;
  }

  /** Moves what is in a channel on to its receiver, and then what its sender has for it. */
  private void serve(Channel channel) {
    Vm receiver = vms[channel.to];
    while (!channel.held && !channel.content.isEmpty() && takes(channel)) {
      deliver(channel);
    }
    boolean refused = !channel.held && !channel.content.isEmpty() && !receiver.paused;
    if (refused && !receiver.waiting.contains(channel)) {
      receiver.waiting.add(channel);
    }
    drain(channel.from);
  }

  /** Sends what need not wait. */
  private void drain(int from) {
    Vm sender = vms[from];
    if (sender.sending) {
      return;
    }
    sender.sending = true;
    Sent first = sender.queue.peek();
    while (first != null && blocker(from, first) == null) {
      sender.queue.remove();
      leave(from, first);
      first = sender.queue.peek();
    }
    sender.sending = false;
  }

  private @Nullable Channel blocker(int from, Sent sent) {
    for (int peer : vms[from].peers) {
      Channel channel = channels[from][peer];
      boolean wanted = sent.to == ALL || (sent.to == peer && channel.known);
      if (wanted && channel.blocks()) {
        return channel;
      }
    }
    return null;
  }

  private void leave(int from, Sent sent) {
    boolean forAll = sent.to == ALL;
    List<Integer> peers = List.copyOf(vms[from].peers);
    for (int peer : peers) {
      if (forAll || (sent.to == peer && channels[from][peer].known)) {
        enter(channels[from][peer], sent.number);
      } else if (sent.to == peer) {
        arriveByUplink(vms[peer], new Held(from, sent.number, false));
      }
    }
    for (int peer : forAll ? peers : List.<Integer>of()) {
      arriveByUplink(vms[peer], new Held(from, sent.number, true));
    }
  }

  /** A copy of what comes by a proxy, too, is dropped as long as there is that proxy. */
  private static void arriveByUplink(Vm receiver, Held packet) {
    if (receiver.paused) {
      receiver.uplink.add(packet);
    } else if (!packet.forAll || !receiver.peers.contains(packet.from)) {
      receiver.received.get(packet.from).add(packet.number);
      receiver.kept++;
    }
  }

  private void enter(Channel channel, int number) {
    if (channel.content.size() >= channel.capacity) {
      channel.lost++;
      return;
    }
    channel.content.add(number);
    serve(channel);
  }
}
