// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.contracts;

import static dev.ringside.packet.Packets.tcp;

import dev.ringside.aggregate.FailoverPolicies;
import dev.ringside.aggregate.FailoverPolicy;
import dev.ringside.aggregate.HashLayer;
import dev.ringside.aggregate.PortSelectionPolicies;
import dev.ringside.aggregate.PortSelectionPolicy;
import dev.ringside.aggregate.PrimaryReselect;
import dev.ringside.memory.QuotaRule;
import dev.ringside.memory.TransmitBufferPolicies;
import dev.ringside.memory.TransmitBufferPolicy;
import dev.ringside.packet.PacketMatcher;
import dev.ringside.time.Ratio;
import net.jqwik.api.Group;

/** What the framework brings keeps the contracts. */
class GoodOnesTest {

  @Group
  class FirstHealthy implements FailoverPolicyContract {
    @Override
    public FailoverPolicy policy() {
      return FailoverPolicies.firstHealthy();
    }
  }

  @Group
  class Primary implements FailoverPolicyContract {
    @Override
    public FailoverPolicy policy() {
      return FailoverPolicies.primary("p2", PrimaryReselect.ALWAYS);
    }
  }

  @Group
  class RoundRobin implements PortSelectionPolicyContract {
    @Override
    public PortSelectionPolicy policy() {
      return PortSelectionPolicies.roundRobin();
    }
  }

  @Group
  class LeastConnections implements PortSelectionPolicyContract {
    @Override
    public PortSelectionPolicy policy() {
      return PortSelectionPolicies.leastConnections();
    }
  }

  @Group
  class HashOfLayers implements PortSelectionPolicyContract {
    @Override
    public PortSelectionPolicy policy() {
      return PortSelectionPolicies.hash(HashLayer.L3, HashLayer.L4);
    }
  }

  @Group
  class Layer2 implements PortSelectionPolicyContract {
    @Override
    public PortSelectionPolicy policy() {
      return PortSelectionPolicies.layer2();
    }
  }

  @Group
  class Layer2And3 implements PortSelectionPolicyContract {
    @Override
    public PortSelectionPolicy policy() {
      return PortSelectionPolicies.layer2And3();
    }
  }

  @Group
  class Layer3And4 implements PortSelectionPolicyContract {
    @Override
    public PortSelectionPolicy policy() {
      return PortSelectionPolicies.layer3And4();
    }
  }

  @Group
  class WeightedRendezvous implements PortSelectionPolicyContract {
    @Override
    public PortSelectionPolicy policy() {
      return PortSelectionPolicies.weightedRendezvous();
    }
  }

  @Group
  class NearApp implements TransmitBufferPolicyContract {
    @Override
    public TransmitBufferPolicy policy() {
      return TransmitBufferPolicies.nearApp();
    }
  }

  @Group
  class NearNic implements TransmitBufferPolicyContract {
    @Override
    public TransmitBufferPolicy policy() {
      return TransmitBufferPolicies.nearNic();
    }
  }

  @Group
  class Balanced implements TransmitBufferPolicyContract {
    @Override
    public TransmitBufferPolicy policy() {
      return TransmitBufferPolicies.balanced(Ratio.of(1, 3));
    }
  }

  @Group
  class Joint implements TransmitBufferPolicyContract {
    @Override
    public TransmitBufferPolicy policy() {
      return TransmitBufferPolicies.joint();
    }
  }

  @Group
  class Spread implements TransmitBufferPolicyContract {
    @Override
    public TransmitBufferPolicy policy() {
      return TransmitBufferPolicies.spread();
    }
  }

  @Group
  class StrictLocal implements TransmitBufferPolicyContract {
    @Override
    public TransmitBufferPolicy policy() {
      return TransmitBufferPolicies.strictLocal();
    }

    @Override
    public boolean mayWait() {
      return true;
    }
  }

  @Group
  class Declarative implements PacketMatcherContract {
    @Override
    public PacketMatcher matcher() {
      return tcp().syn().port(80).or(tcp().port(443));
    }
  }

  @Group
  class Strict implements QuotaRuleContract {
    @Override
    public QuotaRule rule() {
      return QuotaRule.STRICT;
    }
  }

  @Group
  class Lax implements QuotaRuleContract {
    @Override
    public QuotaRule rule() {
      return QuotaRule.LAX;
    }
  }
}
