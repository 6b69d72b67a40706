import java.io.FileInputStream;
import java.util.TreeMap;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;

/** Prints one line for each rule that a file breaks, and "ok" for each standard that it meets. */
public class Validate {
    public static void main(String[] files) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        for (String file : files) {
            for (PDFAFlavour standard : new PDFAFlavour[] {PDFAFlavour.PDFA_2_A, PDFAFlavour.PDFUA_1}) {
                var broken = new TreeMap<String, String>();
                try (PDFAParser parser = Foundries.defaultInstance().createParser(new FileInputStream(file), standard)) {
                    var validator = Foundries.defaultInstance().createValidator(standard, false);
                    for (TestAssertion found : validator.validate(parser).getTestAssertions()) {
                        var rule = found.getRuleId();
                        broken.putIfAbsent(rule.getClause() + "-" + rule.getTestNumber(), found.getMessage().replaceAll("\\s+", " ") + " @ " + found.getLocation().getContext());
                    }
                }
                if (broken.isEmpty()) System.out.println(file + "\t" + standard.getId() + "\tok");
                broken.forEach((rule, why) -> System.out.println(file + "\t" + standard.getId() + "\t" + rule + " " + why));
            }
        }
    }
}
