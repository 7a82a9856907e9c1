// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.nic;

import dev.ringside.packet.Packet;
import dev.ringside.world.World;

/**
 * Receive-side scaling: which ring of a group a packet's flow goes to, by the Toeplitz hash over
 * addresses and ports and an indirection table (Microsoft, "RSS hashing functions").
 *
 * <pre>{@code
 * nic.receiveSideScaling().setIndirection(0, 0, 1, 1);
 * nic.receiveSideScaling().setSymmetric(true); // both directions of a connection on one ring
 * }</pre>
 *
 * <p>UDP and TCP are hashed over the four of addresses and ports, other IP packets and fragments
 * over the addresses; what is not IP goes to the first ring.
 */
public final class ReceiveSideScaling {

  /** How many entries the indirection table has. */
  public static final int TABLE_SIZE = 128;

  /** How many bytes the key has: enough for two IPv6 addresses and two ports. */
  public static final int KEY_BYTES = 40;

  private final World world;
  private final int rings;
  private ToeplitzKey key = ToeplitzKey.STANDARD;
  private byte[] table = {};
  private boolean symmetric;

  ReceiveSideScaling(World world, int rings) {
    this.world = world;
    this.rings = rings;
  }

  /**
   * Sets the key.
   *
   * @throws IllegalArgumentException if it has not {@link #KEY_BYTES} bytes
   */
  public void setKey(byte[] newKey) {
    ToeplitzKey prepared = new ToeplitzKey(newKey);
    synchronized (world) {
      key = prepared;
    }
  }

  /**
   * Sets the indirection table: entry i serves the hashes that are i modulo {@link #TABLE_SIZE}. A
   * shorter pattern is repeated.
   *
   * @throws IllegalArgumentException if a ring does not exist
   */
  public void setIndirection(int... pattern) {
    if (pattern.length == 0 || pattern.length > TABLE_SIZE) {
      throw new IllegalArgumentException(
          "indirection pattern of " + pattern.length + " entries: it must have 1 to " + TABLE_SIZE);
    }
    byte[] fresh = new byte[TABLE_SIZE];
    for (int i = 0; i < TABLE_SIZE; i++) {
      int ring = pattern[i % pattern.length];
      if (ring < 0 || ring >= rings) {
        throw new IllegalArgumentException(
            "indirection entry "
                + ring
                + " names no ring; the group has rings 0 to "
                + (rings - 1));
      }
      fresh[i] = (byte) ring;
    }
    synchronized (world) {
      table = fresh;
    }
  }

  /** Sets whether both directions of a connection get one hash. */
  public void setSymmetric(boolean newSymmetric) {
    synchronized (world) {
      symmetric = newSymmetric;
    }
  }

  /** The ring for a packet, 0 to the number of rings less one. */
  public int ringOf(Packet packet) {
    if (rings == 1 || packet.ipVersion() == 0) {
      return 0;
    }
    int entry = hash(packet) & (TABLE_SIZE - 1);
    return table.length == 0 ? entry % rings : table[entry];
  }

  /** The 32-bit hash of a packet's flow, 0 for what is not IP. */
  public int hash(Packet packet) {
    boolean v6 = packet.ipVersion() == 6;
    if (!v6 && packet.ipVersion() != 4) {
      return 0;
    }
    int addressBytes = v6 ? 16 : 4;
    int source = packet.networkOffset() + (v6 ? 8 : 12);
    int destination = source + addressBytes;
    boolean ports = !packet.isFragment() && packet.hasPorts();
    int transport = ports ? packet.transportOffset() : 0;
    boolean swap = symmetric && isReversed(packet, source, destination, addressBytes, transport);
    int hash = key.hash(packet, swap ? destination : source, addressBytes, 0);
    hash ^= key.hash(packet, swap ? source : destination, addressBytes, addressBytes);
    if (ports) {
      hash ^= key.hash(packet, swap ? transport + 2 : transport, 2, 2 * addressBytes);
      hash ^= key.hash(packet, swap ? transport : transport + 2, 2, 2 * addressBytes + 2);
    }
    return hash;
  }

  /** Whether the two ends of a packet have to change places to be in order. */
  private static boolean isReversed(
      Packet packet, int source, int destination, int addressBytes, int transport) {
    for (int i = 0; i < addressBytes; i++) {
      int difference = packet.unsignedByteAt(source + i) - packet.unsignedByteAt(destination + i);
      if (difference != 0) {
        return difference > 0;
      }
    }
    return transport != 0
        && packet.unsignedShortAt(transport) > packet.unsignedShortAt(transport + 2);
  }
}
