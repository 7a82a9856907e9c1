// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.nic;

import dev.ringside.packet.PacketSink;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The virtual functions of a card. A function is made when somebody asks for it, with those before
 * it, and kept for good with its counters: a card of 64 that nobody uses costs nothing, and neither
 * does enabling and disabling for ever.
 */
final class FunctionTable {

  private final PhysicalNic nic;
  private final List<VirtualFunction> made = new ArrayList<>(0);
  private NicConfig config;
  private int enabled;

  /** All before this one are bound. */
  private int firstFree;

  FunctionTable(PhysicalNic nic, NicConfig config) {
    this.nic = nic;
    this.config = config;
    this.enabled = config.virtualFunctions();
  }

  /** How many are enabled. */
  int count() {
    return enabled;
  }

  /** How many of the enabled ones somebody has asked for: the others have no packets. */
  int inUse() {
    return Math.min(made.size(), enabled);
  }

  VirtualFunction get(int index) {
    while (made.size() <= index) {
      NicParts parts = NicParts.of(nic.world());
      VirtualFunction function = parts.virtualFunction(nic.world(), nic, made.size(), config);
      made.add(function);
      nic.transmitPath().add(function);
    }
    return made.get(index);
  }

  List<VirtualFunction> enabled() {
    if (enabled > 0) {
      get(enabled - 1);
    }
    return List.copyOf(made.subList(0, enabled));
  }

  List<VirtualFunction> bound() {
    if (inUse() == 0) {
      return List.of();
    }
    List<VirtualFunction> bound = new ArrayList<>(inUse());
    for (int i = 0; i < inUse(); i++) {
      if (made.get(i).isBound()) {
        bound.add(made.get(i));
      }
    }
    return bound;
  }

  /** A function by a number that a test gives. */
  VirtualFunction find(int index) {
    if (index >= 0 && index < enabled) {
      return get(index);
    }
    String none = "no virtual function " + index + " on " + nic.name();
    throw new IllegalArgumentException(
        enabled == 0
            ? none + ": none is enabled; call setVirtualFunctions first"
            : none + "; it has 0 to " + (enabled - 1));
  }

  @Nullable VirtualFunction findFree() {
    int used = inUse();
    while (firstFree < used && made.get(firstFree).isBound()) {
      firstFree++;
    }
    return firstFree < enabled ? get(firstFree) : null;
  }

  /** Refuses to change the number while a function is bound. */
  void checkNoneBound(int number) {
    List<String> bound = new ArrayList<>();
    for (VirtualFunction function : bound()) {
      bound.add(function.name() + " to " + function.owner());
    }
    if (!bound.isEmpty()) {
      throw new IllegalStateException(
          "cannot change the number of virtual functions of "
              + nic.name()
              + " from "
              + enabled
              + " to "
              + number
              + " while some are bound: "
              + bound
              + "; unbind them first");
    }
  }

  /** Enables the first so many. */
  void enable(int number, NicConfig newConfig) {
    config = newConfig;
    enabled = number;
    for (int i = 0; i < inUse(); i++) {
      nic.transmitPath().add(made.get(i));
    }
  }

  /** Disables all; the sink answers for what is still to be sent. */
  void disable(PacketSink sink) {
    for (int i = 0; i < inUse(); i++) {
      nic.transmitPath().remove(made.get(i), sink);
      made.get(i).reset();
    }
    enabled = 0;
    firstFree = 0;
  }

  /** A function is bound to nobody from now on. */
  void released(VirtualFunction function) {
    firstFree = Math.min(firstFree, function.index());
  }

  boolean isEnabled(VirtualFunction function) {
    return function.index() < enabled;
  }
}
