// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.monitor;

import java.util.Iterator;
import java.util.List;

/**
 * Packets that came to the application in one transfer, oldest first.
 *
 * <pre>{@code
 * Batch batch = monitor.poll(16); // as many as there are, and as there are free slots, up to 16
 * for (Capture capture : batch) {
 *   analyse(capture.packet());
 * }
 * batch.release();
 * }</pre>
 */
public final class Batch implements Iterable<Capture> {

  private final Monitor monitor;
  private final List<Capture> captures;

  Batch(Monitor monitor, List<Capture> captures) {
    this.monitor = monitor;
    this.captures = List.copyOf(captures);
  }

  /** How many packets came. */
  public int size() {
    return captures.size();
  }

  /** Whether none came. */
  public boolean isEmpty() {
    return captures.isEmpty();
  }

  /**
   * A packet by its place, 0 being the oldest.
   *
   * @throws IndexOutOfBoundsException if there is none
   */
  public Capture get(int index) {
    return captures.get(index);
  }

  /** The packets, oldest first. */
  public List<Capture> captures() {
    return captures;
  }

  @Override
  public Iterator<Capture> iterator() {
    return captures.iterator();
  }

  /** Frees the slots that are still held, with the verdict of the monitor's configuration. */
  public void release() {
    release(monitor.config().verdict());
  }

  /** Frees the slots that are still held, with this verdict on their packets. */
  public void release(Verdict verdict) {
    monitor.releaseHeld(captures, verdict);
  }

  @Override
  public String toString() {
    return captures.toString();
  }
}
