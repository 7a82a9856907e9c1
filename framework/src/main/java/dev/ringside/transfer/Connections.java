// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.transfer;

import dev.ringside.packet.Endpoint;
import dev.ringside.packet.IpAddress;
import dev.ringside.stack.NetworkStack;
import dev.ringside.tcp.TcpConfig;
import dev.ringside.tcp.TcpLink;
import dev.ringside.tcp.TcpReceiver;
import dev.ringside.tcp.TcpSender;
import dev.ringside.tcp.TcpSink;
import dev.ringside.tcp.TcpSource;
import dev.ringside.time.SeededRandom;
import dev.ringside.vm.VirtualMachine;
import dev.ringside.wire.Station;
import dev.ringside.world.World;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Gives TCP connections their ports and first sequence numbers. */
final class Connections {

  private static final int FIRST_PORT = 10_000;
  private static final int LAST_PORT = 65_535;

  private final World world;
  private @Nullable SeededRandom sequences;
  private int nextPort = FIRST_PORT;

  Connections(World world) {
    this.world = world;
  }

  /** The two ends of a connection to be. */
  record Ends(
      World world,
      TcpLink there,
      @Nullable TcpLink back,
      NetworkStack sending,
      @Nullable NetworkStack receiving,
      int sendingPort,
      int receivingPort,
      TcpConfig config,
      int sendingSequence,
      int receivingSequence) {

    TcpSender newSender(TcpSource source) {
      TcpSender sender = new TcpSender(world, there, source, config, sendingSequence);
      sending.onTcp(sendingPort, sender);
      return sender;
    }

    /** Null if the other end is none of the lab's stations. */
    @Nullable TcpReceiver newReceiver(TcpSink sink) {
      if (receiving == null || back == null) {
        return null;
      }
      TcpReceiver receiver = new TcpReceiver(world, back, sink, config, receivingSequence);
      receiving.onTcp(receivingPort, receiver);
      return receiver;
    }
  }

  Ends newEnds(Endpoint from, Endpoint to, TcpConfig config) {
    NetworkStack sending = Objects.requireNonNull(stackOrNull(from), "stack of sender");
    NetworkStack receiving = stackOrNull(to);
    int near = freePort(sending);
    int far = freePort(receiving == null ? sending : receiving);
    TcpLink there = new TcpLink(sending, from, to, near, far, vlan(from, to, config), config);
    TcpLink back =
        receiving == null
            ? null
            : new TcpLink(receiving, to, from, far, near, vlan(to, from, config), config);
    return new Ends(
        world, there, back, sending, receiving, near, far, config, sequence(), sequence());
  }

  private int sequence() {
    if (sequences == null) {
      sequences = world.random("TCP sequence numbers");
    }
    return (int) sequences.nextLong();
  }

  /** The next port that the stack does not serve. */
  private int freePort(NetworkStack stack) {
    for (int tries = LAST_PORT - FIRST_PORT; tries >= 0; tries--) {
      int port = nextPort;
      nextPort = port == LAST_PORT ? FIRST_PORT : port + 1;
      if (!stack.isTcpOpen(port)) {
        return port;
      }
    }
    throw new IllegalStateException(
        "all TCP ports from "
            + FIRST_PORT
            + " to "
            + LAST_PORT
            + " are in use; let a minute pass, after which closed ones are free");
  }

  /** A station on the network is in all VLANs, and has to name that of one that is on its link. */
  private static int vlan(Endpoint from, Endpoint to, TcpConfig config) {
    if (!(from instanceof Station station && to instanceof VirtualMachine vm) || vm.vlan() == 0) {
      return 0;
    }
    IpAddress ip = config.ipVersion() == 6 ? vm.ipv6() : vm.ipv4();
    return ip.equals(station.stack().routes().nextHop(ip)) ? vm.vlan() : 0;
  }

  /**
   * Refuses a node that cannot send.
   *
   * @throws IllegalArgumentException if it has no stack
   */
  static void check(Endpoint sender) {
    if (stackOrNull(sender) == null) {
      throw new IllegalArgumentException(
          "cannot send from '"
              + sender.name()
              + "', which is nothing but addresses; say a virtual machine or lab.wire()");
    }
  }

  private static @Nullable NetworkStack stackOrNull(Endpoint node) {
    if (node instanceof VirtualMachine vm) {
      return vm.stack();
    }
    return node instanceof Station station ? station.stack() : null;
  }
}
