// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.stack;

import dev.ringside.packet.IpProtocol;
import dev.ringside.packet.Packet;
import org.jspecify.annotations.Nullable;

/** The TCP ports that somebody serves, in blocks of 256 that exist where one is open. */
final class TcpPorts {

  private static final int BLOCK = 256;

  private final @Nullable Block[] blocks = new @Nullable Block[BLOCK];

  /** 256 ports that follow each other. */
  private static final class Block {
    final @Nullable PacketHandler[] handlers = new @Nullable PacketHandler[BLOCK];
  }

  /** Refuses a number that no port has. */
  static void check(String protocol, int port) {
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException(protocol + " port " + port + " is not in 1 to 65535");
    }
  }

  void open(int port, PacketHandler handler) {
    Block block = blocks[port / BLOCK];
    if (block == null) {
      block = new Block();
      blocks[port / BLOCK] = block;
    }
    block.handlers[port % BLOCK] = handler;
  }

  void close(int port) {
    Block block = blocks[port / BLOCK];
    if (block != null) {
      block.handlers[port % BLOCK] = null;
    }
  }

  /** Who serves a port, null if nobody does. */
  @Nullable PacketHandler find(int port) {
    Block block = blocks[port / BLOCK];
    return block == null ? null : block.handlers[port % BLOCK];
  }

  /** Who serves the port that a packet is for; null if nobody does, or it is no TCP segment. */
  @Nullable PacketHandler handlerOf(Packet packet) {
    return packet.is(IpProtocol.TCP) ? find(packet.destinationPort()) : null;
  }
}
