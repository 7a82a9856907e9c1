// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.steering;

import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketMatcher;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A detector at work.
 *
 * <pre>{@code
 * Detection detection = host.steering().detect(new SynRateDetector(100, Duration.ofMillis(10)));
 * detection.containments(); // what it has found
 * detection.stop();         // finds nothing more; what it has found stays contained
 * }</pre>
 */
public final class Detection {

  private final Steering steering;
  private final DosDetector detector;
  private final ContainmentPolicy policy;
  private final List<Containment> found = new ArrayList<>(1);

  Detection(Steering steering, DosDetector detector, ContainmentPolicy policy) {
    this.steering = steering;
    this.detector = detector;
    this.policy = policy;
  }

  /** What it has found so far, the oldest first; also what is contained no longer. */
  public List<Containment> containments() {
    synchronized (steering.world()) {
      return List.copyOf(found);
    }
  }

  /** Ends it; what it has found stays contained. Idempotent. */
  public void stop() {
    steering.stop(this);
  }

  ContainmentPolicy policy() {
    return policy;
  }

  /** Functions, and objects that do not say it, have no name that is the same in every run. */
  String name() {
    Class<?> type = detector.getClass();
    if (type.isHidden() || type.isSynthetic()) {
      return "a function";
    }
    String name = detector.toString();
    return name.startsWith(type.getName() + "@") ? type.getSimpleName() : name;
  }

  /** A detector that fails has found nothing. */
  @Nullable PacketMatcher observe(Packet packet) {
    try {
      return detector.observe(packet, steering.world().now());
    } catch (RuntimeException | AssertionError e) {
      steering.world().remember(e);
      return null;
    }
  }

  void add(Containment containment) {
    found.add(containment);
  }
}
