package meridian.config;

import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import meridian.config.source.Problems;
import meridian.config.source.Tree;

/// `templates { … }`: settings that services share. A key of the service itself, or of a template
/// nearer to it, replaces the whole value of the same key farther away.
final class Templates {

    private final SequencedMap<String, Tree> section;
    private final Problems problems;
    private final Values values;

    Templates(SequencedMap<String, Tree> section, Problems problems) {
        this.section = section;
        this.problems = problems;
        this.values = new Values(problems);
    }

    /// What can be told of the templates without a service that is like them.
    void check() {
        for (Tree template : section.values()) {
            Fields.of(template, Schema.TEMPLATE, problems);
            if (template instanceof Tree.Block block) complete(block);
        }
    }

    /// The service with what its templates add.
    Tree.Block complete(Tree.Block block) {
        Tree.Block whole = block;
        var chain = new ArrayList<String>();
        for (Tree like = block.fields().get("like"); like != null; ) {
            var name = values.known(like, "a template", section.sequencedKeySet());
            if (name.isEmpty() || !(section.get(name.get()) instanceof Tree.Block template)) break;
            if (isLoop(like, name.get(), block, chain)) break;
            whole = whole.over(template);
            like = template.fields().get("like");
        }
        return whole;
    }

    private boolean isLoop(Tree like, String name, Tree.Block start, List<String> chain) {
        boolean again = chain.contains(name) || start.equals(section.get(name));
        chain.add(name);
        if (again)
            problems.refuse(
                    like.at(),
                    "is a loop: " + String.join(", which is like ", chain),
                    "a template that does not lead back to itself is accepted");
        return again;
    }
}
