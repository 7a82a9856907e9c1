// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.lifecycle;

import dev.ringside.trace.DropReason;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a check is to forgive: all that it finds, what it finds of some devices, or losses for one
 * reason.
 *
 * <pre>{@code
 * session.lenient(
 *     Lenience.about(LabCheck.UNDRAINED_RINGS).at("h1/p0"),       // a card, with all that is on it
 *     Lenience.about(LabCheck.WAITING_REQUESTS).at("web", "db"),  // two virtual machines
 *     Lenience.expecting(DropReason.RING_FULL).at("h1/p0"),       // must come
 *     Lenience.expecting(DropReason.NO_PEER).ifNeeded());         // may come
 * }</pre>
 *
 * <p>Strictness goes both ways: a lenience that had nothing to forgive is found, too, as it may
 * hide something tomorrow. One that is there only {@link #ifNeeded} is not.
 *
 * <p>A device is called what messages call it, such as {@code p0}, {@code h1/p0/vf1} or {@code
 * web}; a name stands for what is below it, too, and that of a host for its virtual machines.
 */
public final class Lenience {

  private final LabCheck check;
  private final @Nullable DropReason reason;
  private final List<String> devices;
  private final boolean ifNeeded;

  private Lenience(
      LabCheck check, @Nullable DropReason reason, List<String> devices, boolean ifNeeded) {
    this.check = check;
    this.reason = reason;
    this.devices = devices;
    this.ifNeeded = ifNeeded;
  }

  /**
   * Forgives what this check finds.
   *
   * @throws IllegalArgumentException for the conservation law, which allows no exception
   */
  public static Lenience about(LabCheck check) {
    if (check == LabCheck.CONSERVATION_LAW) {
      throw new IllegalArgumentException(
          "the conservation law is always checked; leave out another check");
    }
    return new Lenience(check, null, List.of(), false);
  }

  /** Forgives losses for this reason, and says that they will come. */
  public static Lenience expecting(DropReason reason) {
    return new Lenience(LabCheck.UNEXPECTED_DROPS, reason, List.of(), false);
  }

  /** Only what is found of these devices; of any if none is named. */
  public Lenience at(String... names) {
    return new Lenience(check, reason, List.of(names), ifNeeded);
  }

  /** Without a finding if there is nothing to forgive. */
  public Lenience ifNeeded() {
    return new Lenience(check, reason, devices, true);
  }

  /** What is found by which check. */
  public LabCheck check() {
    return check;
  }

  /** The reason of the losses, null if it is not about one. */
  public @Nullable DropReason reason() {
    return reason;
  }

  /** The devices; empty for any. */
  public List<String> devices() {
    return devices;
  }

  /** Whether it may have nothing to forgive. */
  public boolean isIfNeeded() {
    return ifNeeded;
  }

  /** Which check tells that it had nothing to forgive. */
  LabCheck counterpart() {
    return reason == null ? LabCheck.UNUSED_LENIENCES : LabCheck.UNUSED_EXPECTATIONS;
  }

  /** Such as {@code undrained rings of [h1/p0]}. */
  @Override
  public String toString() {
    List<String> words = new ArrayList<>(3);
    words.add(reason == null ? check.text() : "drops " + reason);
    if (!devices.isEmpty()) {
      words.add((reason == null ? "of " : "at ") + devices);
    }
    return String.join(" ", words);
  }

  boolean isLike(Lenience other) {
    return check == other.check
        && reason == other.reason
        && ifNeeded == other.ifNeeded
        && devices.equals(other.devices);
  }
}
