/* Formulas and phrases in another language in the rich-text editor: a dialog to write them, and how they look in the text. */
(() => {
    const { React, DraftJS, draftail } = window;
    const { EditorState, Modifier } = DraftJS;
    const { TooltipEntity } = draftail;

    const element = (name, attributes = {}, ...children) => {
        const made = document.createElement(name);
        Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
        made.append(...children);
        return made;
    };

    let fieldCount = 0;

    const labelled = (text, control) => {
        fieldCount += 1;
        control.id = `pages-entity-field-${fieldCount}`;
        const label = element("label", { for: control.id }, text);
        return element("div", { class: "pages-entity-dialog__field" }, label, control);
    };

    /* Puts text with an entity where the selection is; a selection inside an entity of the same kind is replaced whole. */
    const insertEntity = (editorState, selection, type, mutability, data, text) => {
        const content = editorState.getCurrentContent().createEntity(type, mutability, data);
        const key = content.getLastCreatedEntityKey();
        const style = editorState.getCurrentInlineStyle();
        const replaced = Modifier.replaceText(content, selection, text, style, key);
        const pushed = EditorState.push(editorState, replaced, "insert-characters");
        return EditorState.forceSelection(pushed, replaced.getSelectionAfter());
    };

    const selectedText = (editorState, selection) => {
        const block = editorState.getCurrentContent().getBlockForKey(selection.getStartKey());
        if (selection.getStartKey() !== selection.getEndKey()) return "";
        return block.getText().slice(selection.getStartOffset(), selection.getEndOffset());
    };

    /* The selection of the entity that is edited, or the editor's own selection for a new one. */
    const entitySelection = (editorState, entityKey) => {
        if (!entityKey) return editorState.getSelection();
        return draftail.DraftUtils.getEntitySelection(editorState, entityKey);
    };

    class EntitySource extends React.Component {
        componentDidMount() {
            const { editorState, entityType, entityKey } = this.props;
            this.selection = entitySelection(editorState, entityKey);
            const data = entityKey ? editorState.getCurrentContent().getEntity(entityKey).getData() : {};
            const words = entityType.words;
            const form = element("form", { method: "dialog" }, element("h2", {}, words.heading));
            form.append(...this.fields(data, selectedText(editorState, this.selection)));
            const cancel = element("button", { type: "button", class: "button button-secondary" }, words.cancel);
            const save = element("button", { type: "submit", class: "button" }, words.save);
            form.append(element("div", { class: "pages-entity-dialog__actions" }, save, " ", cancel));
            this.dialog = element("dialog", { class: "pages-entity-dialog", "aria-label": words.heading }, form);
            this.done = false;
            cancel.addEventListener("click", () => this.dialog.close());
            form.addEventListener("submit", (event) => {
                event.preventDefault();
                this.save();
            });
            this.dialog.addEventListener("close", () => {
                if (!this.done) this.props.onClose();
            });
            document.body.append(this.dialog);
            this.dialog.showModal();
            this.opened();
        }

        componentWillUnmount() {
            this.done = true;
            this.dialog.remove();
        }

        opened() {}

        finish(mutability, data, text) {
            const { editorState, entityType, onComplete } = this.props;
            this.done = true;
            this.dialog.close();
            onComplete(insertEntity(editorState, this.selection, entityType.type, mutability, data, text));
        }

        render() {
            return null;
        }
    }

    class FormulaSource extends EntitySource {
        fields(data, text) {
            const { words, maxLength } = this.props.entityType;
            this.latex = element("textarea", { rows: "2", required: "", maxlength: maxLength, spellcheck: "false" });
            this.latex.value = data.latex || "";
            this.spoken = element("input", { type: "text", required: "", maxlength: "255" });
            this.spoken.value = text;
            this.output = element("output", {
                class: "pages-formula-preview",
                "aria-live": "polite",
                "aria-label": words.preview,
            });
            return [labelled(words.latex, this.latex), this.output, labelled(words.spoken, this.spoken)];
        }

        opened() {
            const { previewUrl } = this.props.entityType;
            this.preview = new window.pagesFormulaPreview(this.latex, this.output, previewUrl, "inline");
        }

        componentWillUnmount() {
            this.preview.stop();
            super.componentWillUnmount();
        }

        async save() {
            await this.preview.show();
            if (this.latex.getAttribute("aria-invalid") === "true") {
                this.latex.focus();
                return;
            }
            this.finish("IMMUTABLE", { latex: this.latex.value.trim() }, this.spoken.value.trim());
        }
    }

    class LanguageSource extends EntitySource {
        fields(data, text) {
            const { words, languages } = this.props.entityType;
            this.phrase = element("input", { type: "text", required: "" });
            this.phrase.value = text;
            this.choice = element("select");
            languages.forEach(({ code, name }) => this.choice.append(new Option(name, code)));
            this.choice.append(new Option(words.other, ""));
            this.other = element("input", { type: "text", pattern: "[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*" });
            const known = languages.some(({ code }) => code === data.lang);
            if (data.lang) this.choice.value = known ? data.lang : "";
            if (data.lang && !known) this.other.value = data.lang;
            const toggle = () => {
                this.other.disabled = this.choice.value !== "";
                this.other.required = !this.other.disabled;
            };
            this.choice.addEventListener("change", toggle);
            toggle();
            return [
                labelled(words.phrase, this.phrase),
                labelled(words.language, this.choice),
                labelled(words.other, this.other),
            ];
        }

        save() {
            this.finish("MUTABLE", { lang: this.choice.value || this.other.value.trim() }, this.phrase.value);
        }
    }

    const decorator = (name, label) => (props) => {
        const icon = React.createElement(window.wagtail.components.Icon, { name });
        const data = props.contentState.getEntity(props.entityKey).getData();
        return React.createElement(TooltipEntity, { ...props, icon, label: label(data) });
    };

    draftail.registerPlugin({
        type: "FORMULA",
        source: FormulaSource,
        decorator: decorator("formula", ({ latex }) => latex || ""),
    });
    draftail.registerPlugin({
        type: "LANGUAGE",
        source: LanguageSource,
        decorator: decorator("globe", ({ lang }) => lang || ""),
    });
})();
