package dev.snowgate.policy;

import dev.snowgate.yaml.YamlNode;
import java.util.List;

/** One file as read. A pack has an effect only where a policy includes it. */
record PolicyFile(
        String name,
        boolean pack,
        YamlNode node,
        List<YamlNode> includes,
        List<YamlNode> names,
        List<Rule> rules,
        List<MaskRule> masks) {}
