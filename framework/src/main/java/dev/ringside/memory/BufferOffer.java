// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.memory;

/**
 * A place where a buffer could come from and the NIC that could send it, as a {@link
 * TransmitBufferPolicy} sees them. It tells of the choice that is being made, not of later ones.
 *
 * <pre>{@code
 * TransmitBufferPolicy nearest = offers -> offers.least(BufferOffer::fromApplication);
 * }</pre>
 */
public final class BufferOffer {

  private final NumaNode node;
  private final String nic;
  private final int nicIndex;
  private final int toNic;
  private int fromApplication;

  BufferOffer(NumaNode node, String nic, int nicIndex, int toNic) {
    this.node = node;
    this.nic = nic;
    this.nicIndex = nicIndex;
    this.toNic = toNic;
  }

  /** The number of the node that has free buffers. */
  public int node() {
    return node.id();
  }

  /** The NIC that can send. */
  public String nic() {
    return nic;
  }

  /** The distance of the application's node to the buffer's, which it copies over. */
  public int fromApplication() {
    return fromApplication;
  }

  /** The distance of the buffer's node to the NIC's, which the NIC reads over. */
  public int toNic() {
    return toNic;
  }

  /** How many buffers are free on the node, at least 1. */
  public int free() {
    return node.freeSlots();
  }

  /** Place, NIC and distances. */
  @Override
  public String toString() {
    return "node " + node.id() + " for " + nic + " (" + fromApplication + " + " + toNic + ")";
  }

  // ---- for the pool ----

  NumaNode place() {
    return node;
  }

  int nicIndex() {
    return nicIndex;
  }

  void setFromApplication(int distance) {
    fromApplication = distance;
  }

  /** The final tie: most free, then lowest node, then the NIC that comes first. */
  boolean beats(BufferOffer other) {
    if (node == other.node) {
      return nicIndex < other.nicIndex;
    }
    int more = node.freeSlots() - other.node.freeSlots();
    return more > 0 || (more == 0 && node.id() < other.node.id());
  }
}
