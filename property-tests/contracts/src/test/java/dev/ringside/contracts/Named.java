// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.contracts;

import dev.ringside.aggregate.ActivePort;
import dev.ringside.aggregate.Candidate;
import dev.ringside.aggregate.FailoverPolicy;
import dev.ringside.aggregate.PortSelectionPolicy;
import dev.ringside.memory.BufferOffer;
import dev.ringside.memory.BufferOffers;
import dev.ringside.memory.QuotaRule;
import dev.ringside.memory.TransmitBufferPolicy;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketMatcher;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Planted code under a name that failures tell. */
final class Named {

  private Named() {}

  static FailoverPolicy failover(String name, FailoverPolicy planted) {
    return new FailoverPolicy() {
      @Override
      public @Nullable Candidate choose(List<Candidate> healthy, @Nullable Candidate failed) {
        return planted.choose(healthy, failed);
      }

      @Override
      public String toString() {
        return name;
      }
    };
  }

  static PortSelectionPolicy selection(String name, PortSelectionPolicy planted) {
    return new PortSelectionPolicy() {
      @Override
      public ActivePort choose(Packet first, long number, List<ActivePort> ports) {
        return planted.choose(first, number, ports);
      }

      @Override
      public String toString() {
        return name;
      }
    };
  }

  static TransmitBufferPolicy buffer(String name, TransmitBufferPolicy planted) {
    return new TransmitBufferPolicy() {
      @Override
      public @Nullable BufferOffer choose(BufferOffers offers) {
        return planted.choose(offers);
      }

      @Override
      public String toString() {
        return name;
      }
    };
  }

  static PacketMatcher matcher(String name, PacketMatcher planted) {
    return new PacketMatcher() {
      @Override
      public boolean matches(Packet packet) {
        return planted.matches(packet);
      }

      @Override
      public String toString() {
        return name;
      }
    };
  }

  static QuotaRule rule(String name, QuotaRule planted) {
    return new QuotaRule() {
      @Override
      public boolean fits(long used, long amount, long limit) {
        return planted.fits(used, amount, limit);
      }

      @Override
      public String toString() {
        return name;
      }
    };
  }
}
