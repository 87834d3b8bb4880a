package meridian.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
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
        for (Tree template : section.values()) Fields.of(template, Schema.TEMPLATE, problems);
        var told = new HashSet<String>();
        section.forEach(
                (name, template) -> {
                    List<Tree.Block> chain = chain(template);
                    if (isLoop(chain) && told.add(name)) refuseLoop(chain, told);
                });
    }

    /// The service with what its templates add.
    Tree.Block complete(Tree.Block block) {
        return chain(block).stream().reduce(Tree.Block::over).orElse(block);
    }

    /// The block, the template that it is like, and so on; a loop ends with its first member again.
    private List<Tree.Block> chain(Tree start) {
        var chain = new ArrayList<Tree.Block>();
        Tree next = start;
        while (next instanceof Tree.Block block) {
            boolean again = chain.contains(block);
            chain.add(block);
            Tree like = block.fields().get("like");
            if (again || like == null) break;
            var name = values.known(like, "a template", section.sequencedKeySet());
            if (name.isEmpty()) break;
            next = section.get(name.get());
        }
        return chain;
    }

    /// Whether the chain comes back to where it began; a chain that only leads into a loop is told
    /// where the loop is.
    private static boolean isLoop(List<Tree.Block> chain) {
        return chain.size() > 1 && chain.getFirst().equals(chain.getLast());
    }

    private void refuseLoop(List<Tree.Block> chain, Set<String> told) {
        var path = new ArrayList<String>();
        for (Tree.Block member : chain)
            section.forEach(
                    (one, tree) -> {
                        if (tree.equals(member)) path.add(one);
                    });
        problems.refuse(
                chain.getFirst().at(),
                "is a loop: " + String.join(" -> ", path),
                "a template that does not lead back to itself is accepted");
        told.addAll(path);
    }
}
